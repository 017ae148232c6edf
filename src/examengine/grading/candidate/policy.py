# ruff: noqa: ARG002 - one side of a protocol
"""What the candidate's side allows the judge: nearly all, for nothing here is secret from it."""

import traceback
from collections.abc import Callable
from typing import Any, Final

from examengine.grading.candidate.members import as_member, original_of
from examengine.grading.wire.endpoint import Endpoint, bind_member
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import resolve

_TOO_WIDE: Final = frozenset({"__globals__", "__builtins__"})
"""Attributes that would drag half the interpreter across."""


class CandidatePolicy:
    """The candidate's side of the wire."""

    compares_values = True

    def __init__(self, modules: tuple[str, ...], flush: Callable[[], None]) -> None:
        self._modules = frozenset(modules) | {"__main__"}
        self._flush = flush
        self._originals: dict[tuple[Any, str], tuple[Any]] = {}

    def owns(self, module: str) -> bool:
        """Tell whether a module is part of the submission."""
        return module.partition(".")[0] in self._modules

    def is_library(self, module: str) -> bool:
        """Tell whether a module is no part of the submission."""
        return not self.owns(module)

    def reference(self, value: Any) -> tuple[str, str] | None:
        """Name nothing: the judge would not look it up."""
        return None

    def resolve(self, module: str, qualname: str) -> Any:
        """Return the library function or class that the judge named."""
        try:
            if not qualname:
                return __import__("importlib").import_module(module)
            return resolve(module, qualname, load=True)
        except (LookupError, ImportError):
            raise WireError(f"{module}.{qualname} is not known here") from None

    def shown(self, description: tuple[Any, ...]) -> tuple[Any, ...]:
        """Show everything."""
        return description

    def check_export(self, value: Any) -> None:
        """Allow everything."""

    def get(self, target: Any, name: str) -> Any:
        """Return an attribute."""
        if name in _TOO_WIDE:
            raise AttributeError(name)
        return original_of(getattr(target, name)) if isinstance(target, type) else getattr(target, name)

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute; what a class held before is kept for `restore`."""
        self._keep(target, name)
        setattr(target, name, as_member(value) if isinstance(target, type) else value)

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute; what a test had put in a class's place gives way to the original.

        A test that ends its patch of an inherited or plain class attribute does so by deleting it.
        """
        if isinstance(target, type) and (target, name) in self._originals:
            self.restore(target, name)
            return
        self._keep(target, name)
        delattr(target, name)

    def restore(self, target: Any, name: str) -> None:
        """Put back what a class held before a test set something else."""
        found = self._originals.pop((target, name), None)
        if found is not None:
            setattr(target, name, found[0])

    def _keep(self, target: Any, name: str) -> None:
        if isinstance(target, type) and name in vars(target):
            self._originals.setdefault((target, name), (vars(target)[name],))

    def names(self, target: Any) -> list[str]:
        """Return the attribute names of an object."""
        return [name for name in dir(target) if type(name) is str]

    def text(self, target: Any, how: str) -> str:
        """Return the text of an object."""
        return str(target) if how == "str" else repr(target)

    def bind(self, cls: Any, name: str, target: Any) -> Any:
        """Return a member of a class, bound to an object."""
        return bind_member(cls, name, target)

    def special(
        self,
        endpoint: Endpoint,
        target: Any,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        """Forward every special method."""
        return endpoint.forward_special(target, name, args, kwargs)

    def method_result(self, name: str, args: tuple[Any, ...], result: Any) -> Any:
        """Take any result."""
        return result

    def named(self, name: str, found: Any) -> None:
        """Note under which name a test took something from the submission."""

    def called(self, target: Any, result: Any) -> None:
        """Note nothing."""

    def given(self, key: int) -> None:
        """Note nothing."""

    def print(self, stream: int, text: str) -> None:
        """Drop text of the judge: it prints nothing here."""

    def told(self, error: BaseException, arguments: tuple[Any, ...], text: str) -> tuple[tuple[Any, ...], str]:
        """Tell the tests all of it."""
        return arguments, text

    def caught(self, error: BaseException) -> None:
        """Note where in the submission an exception arose, then let text out before it."""
        self._flush()
        try:
            for frame in reversed(traceback.extract_tb(error.__traceback__)):
                module = frame.filename.rpartition("/")[2]
                if module.rpartition(".")[0] in self._modules:
                    vars(error)["_wire_found"] = f"{module}, line {frame.lineno}"
                    return
        except Exception:  # noqa: BLE001 - an exception of the submission may refuse everything
            return

    def before_request(self) -> None:
        """Let text out before the judge is asked anything."""
        self._flush()

    def before_answer(self) -> None:
        """Let text out before the answer."""
        self._flush()
