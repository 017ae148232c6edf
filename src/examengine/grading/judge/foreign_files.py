"""Files that the submission may have written are never run by the judge, however a test comes to load them."""

import importlib.machinery
import marshal
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from examengine.grading.judge.foreign_code import ForeignCode
from examengine.grading.judge.frames_of_tests import frames_of_tests


def guard_files(exchange: str | None, is_test_module: Callable[[str], bool], refused: Callable[[str], None]) -> None:
    """Put the checks in front of what imports and runs files.

    Args:
        exchange: the folder that both sides can write to; a file there is run only where its whole text stands in
            the code of the test that runs.
        is_test_module: whether a module name belongs to the tests.
        refused: takes the sentence of each refusal.
    """

    def refuse(what: str) -> ForeignCode:
        sentence = f"{what} is not run by the tests: the submission may have written it."
        refused(sentence)
        return ForeignCode(sentence)

    def is_shared(path: Any) -> bool:
        return exchange is not None and _lies_in(str(path), exchange)

    source, bare, native = (
        importlib.machinery.SourceFileLoader,
        importlib.machinery.SourcelessFileLoader,
        importlib.machinery.ExtensionFileLoader,
    )
    get_code, get_bare, load_native = source.get_code, bare.get_code, native.create_module
    run_path, read_code = runpy.run_path, marshal.loads

    def code_of(self: Any, fullname: str) -> Any:
        path = self.get_filename(fullname)
        if not is_shared(path):
            return get_code(self, fullname)
        data = self.get_data(path)
        if not _is_of_the_test(data, is_test_module):
            raise refuse("A Python file")
        return self.source_to_code(data, path)

    def bare_code_of(self: Any, fullname: str) -> Any:
        if is_shared(self.get_filename(fullname)):
            raise refuse("A compiled file")
        return get_bare(self, fullname)

    def native_of(self: Any, spec: Any) -> Any:
        if is_shared(spec.origin):
            raise refuse("A compiled file")
        return load_native(self, spec)

    def path(path_name: Any, init_globals: Any = None, run_name: Any = None) -> Any:
        if is_shared(path_name):
            try:
                data = Path(str(path_name)).read_bytes()
            except OSError:
                data = b""  # a folder, or nothing: what is in it is unknown
            if not _is_of_the_test(data, is_test_module):
                raise refuse("A Python file")
        return run_path(path_name, init_globals, run_name)

    def loads(data: Any, /, **options: Any) -> Any:
        module = sys._getframe(1).f_globals.get("__name__")  # noqa: SLF001 - who asks
        if type(module) is str and is_test_module(module):
            raise refuse("Compiled code")
        return read_code(data, **options)

    source.get_code = code_of  # type: ignore[method-assign]
    bare.get_code = bare_code_of  # type: ignore[method-assign]
    native.create_module = native_of  # type: ignore[method-assign]
    runpy.run_path = path
    marshal.loads = loads


def _lies_in(path: str, folder: str) -> bool:
    real, root = os.path.realpath(path), os.path.realpath(folder)
    return real == root or real.startswith(root + os.sep)


def _is_of_the_test(data: bytes, is_test_module: Callable[[str], bool]) -> bool:
    """Tell whether a file's whole text is a constant of a test that is running."""
    text = data.decode("utf-8", "replace")
    return text != "" and any(text in frame.f_code.co_consts for frame in frames_of_tests(is_test_module))
