"""Beside the tests of a notebook: the candidate's names, looked up in the task's own namespace.

Written into every exercise that comes from a notebook; imports nothing but the standard library.
"""

import importlib
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, NoReturn, Self

_GONE = object()
_TOLD = 3
_CHARACTERS = 400


class NotThere(Exception):  # noqa: N818 - shown as the NameError that it stands for
    """The candidate has no such name; a test that awaits a NameError from their code must not take it for one."""


NotThere.__name__ = NotThere.__qualname__ = "NameError"


class Task:
    """The names of one task.

    What a test sets is set for the candidate's functions too, as in one notebook, and put back at the
    end of the test; the test itself reads back its own value, never the candidate's word for it.
    """

    def __init__(self, module: str, carrier: str = "") -> None:
        """`carrier`: a later task, which may have taken names over from this one."""
        object.__setattr__(self, "_module", module)
        object.__setattr__(self, "_carrier", carrier)
        object.__setattr__(self, "_own", {})
        object.__setattr__(self, "_before", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for (place, name), value in self._before.items():
            module = importlib.import_module(place)
            if value is not _GONE:
                setattr(module, name, value)
            elif hasattr(module, name):
                delattr(module, name)

    def __getattr__(self, name: str) -> Any:
        own = object.__getattribute__(self, "_own")
        if name in own:
            if own[name] is _GONE:
                raise NameError(f"name {name!r} is not defined")
            return own[name]
        module = self._there()
        try:
            return getattr(module, name)
        except AttributeError:
            self._missing(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._own[name] = value
        for module in self._places(name):
            setattr(module, name, value)

    def __delattr__(self, name: str) -> None:
        getattr(self, name)
        self._own[name] = _GONE
        for module in self._places(name):
            if hasattr(module, name):
                delattr(module, name)

    def _there(self) -> Any:
        return importlib.import_module(object.__getattribute__(self, "_module"))

    def _places(self, name: str) -> list[Any]:
        """Return the modules that hold a name, with what each holds remembered."""
        places = [self._there()]
        if self._carrier:
            carrier = importlib.import_module(self._carrier)
            places += [carrier] if hasattr(carrier, name) else []
        for module in places:
            key = (module.__name__, name)
            if key not in self._before:
                self._before[key] = getattr(module, name, _GONE)
        return places

    def _missing(self, name: str) -> NoReturn:
        told = "; ".join(self._troubles()[:_TOLD])
        raise NotThere(f"{name!r} is not defined" + (f": {told}" if told else "")) from None

    def _other(self, name: str) -> Any:
        """Return a name that the exercise itself never defines."""
        try:
            return getattr(self, name)
        except NotThere as error:
            raise NameError(str(error)) from None

    def _troubles(self) -> list[str]:
        """Return what the cells came to, in the candidate's words: shown, never counted."""
        found = getattr(self._there(), "_cell_troubles", ())
        if type(found) not in {list, tuple}:
            return []
        return [one[:_CHARACTERS] for one in found if type(one) is str]

    def _names(self, beside: dict[str, Any]) -> "Names":
        return Names(self, beside)


class Names(Mapping[str, Any]):
    """What `globals()` gives in a test cell: the candidate's names, and those of the tests."""

    def __init__(self, task: Task, beside: dict[str, Any]) -> None:
        self._task = task
        self._beside = {name: value for name, value in beside.items() if not name.startswith("_task_")}

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self._task, name)
        except (NameError, NotThere):
            return self._beside[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(dir(self._task._there())), **self._beside})  # noqa: SLF001 - one file, one unit

    def __len__(self) -> int:
        return sum(1 for _ in self)


def display(*_values: Any, **_options: Any) -> None:
    """Show nothing: the tests have no screen."""


def get_ipython() -> None:
    """Say that there is no Jupyter."""
