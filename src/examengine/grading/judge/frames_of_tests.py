"""The running test, known by its frames: what it names and holds tells what it asks for."""

import sys
import types
from collections.abc import Callable, Iterator


def frames_of_tests(is_test_module: Callable[[str], bool]) -> Iterator[types.FrameType]:
    """Yield the frames of the tests' own code on this thread's stack, the innermost first."""
    frame: types.FrameType | None = sys._getframe(1)  # noqa: SLF001 - there is no other way to them
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if type(module) is str and is_test_module(module):
            yield frame
        frame = frame.f_back
