"""The submission's files, where tests open or load them by their names instead of importing them.

They are not among the tests' files, and what stands in them never becomes code here: reading gives the
text, loading gives the same stand-in as an import, and running the text is done by the candidate.
"""

import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, Final

from examengine.grading.judge.imports import RemoteModule, SubmissionFinder
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.operations import RUN_MODULE, TEXT

_READING: Final = frozenset("rtbU")


class SubmittedText:
    """Knows which names mean files of the submission, and what was read of them."""

    def __init__(self, endpoint: Endpoint, finder: SubmissionFinder, folder: str) -> None:
        self._endpoint = endpoint
        self._finder = finder
        self._folder = os.path.realpath(folder)
        # Only the file that tests know: pytest itself looks for others (conftest.py) and would run them.
        self._name = f"{finder.main}.py"
        self._read: dict[str, str] = {}
        self._compiled: dict[types.CodeType, str] = {}

    def install(self) -> None:
        """Let the submission's files be opened, looked for and loaded by name."""
        self._teach_open()
        self._teach_looking()
        self._teach_loading()

    def module_of(self, file: Any) -> str | None:
        """Return the module of the submission that a file name means; None: the tests have such a file, or nobody."""
        if not isinstance(file, str | os.PathLike):
            return None
        path = PurePath(os.fsdecode(file))
        if path.name != self._name:
            return None
        place = os.path.realpath(path.parent) if path.is_absolute() or len(path.parts) > 1 else self._folder
        return path.stem if place == self._folder and not _there(path) else None

    def text_of(self, file: Any) -> str | None:
        """Return the text of a file of the submission, None where it has no such file."""
        module = self.module_of(file)
        if module is None:
            return None
        text = self._endpoint.request(TEXT, module)
        if type(text) is not str:
            return None
        self._read[text.strip()] = module
        return text

    # Running what was read -------------------------------------------------------------------

    def compiled(self, source: Any, translate: Callable[..., Any]) -> types.CodeType | None:
        """Return code that stands for a whole file of the submission, if that is what `source` is."""
        module = self._module_read(source)
        if module is None:
            return None
        translate(source, f"{module}.py", "exec")
        code: types.CodeType = translate(f"{len(self._compiled)}", f"{module}.py", "exec")
        self._compiled[code] = module
        return code

    def run(self, source: Any, names: dict[str, Any]) -> bool:
        """Let the candidate run a whole file of its own, if that is what `source` is; fill in the names it made."""
        module = self._compiled.get(source) if type(source) is types.CodeType else self._module_read(source)
        if module is None:
            return False
        name = "__main__" if names.get("__name__") == "__main__" else module
        found = self._endpoint.request(RUN_MODULE, module, name, None)
        if type(found) is dict:
            taken = _names_of_tests(names)
            names.update({key: value for key, value in found.items() if _is_plain_name(key) and key not in taken})
        return True

    def _module_read(self, source: Any) -> str | None:
        if isinstance(source, bytes):
            source = source.decode("utf-8", "replace")
        return self._read.get(source.strip()) if type(source) is str else None

    # Names of files --------------------------------------------------------------------------

    def _teach_open(self) -> None:
        opened = builtins.open

        def open(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:  # noqa: A001 - its own name
            try:
                return opened(file, mode, *args, **options)
            except FileNotFoundError:
                text = self.text_of(file) if set(mode) <= _READING else None
                if text is None:
                    raise
            return io.BytesIO(text.encode()) if "b" in mode else io.StringIO(text)

        open.__module__, open.__qualname__ = "io", "open"
        builtins.open = io.open = open

    def _teach_looking(self) -> None:
        for place, name in (
            (os.path, "exists"),
            (os.path, "isfile"),
            (Path, "exists"),
            (Path, "is_file"),
        ):
            setattr(place, name, self._looking(getattr(place, name)))

    def _looking(self, look: Callable[..., bool]) -> Callable[..., bool]:
        def looked(path: Any, *args: Any, **options: Any) -> bool:
            return look(path, *args, **options) or self.text_of(path) is not None

        looked.__name__ = looked.__qualname__ = look.__name__
        return looked

    def _teach_loading(self) -> None:
        from_location = importlib.util.spec_from_file_location

        def spec_from_file_location(name: str, location: Any = None, **options: Any) -> Any:
            module = None if location is None else self.module_of(location)
            if module is None:
                return from_location(name, location, **options)
            return importlib.machinery.ModuleSpec(name, _Loader(self._finder, module), origin=str(location))

        importlib.util.spec_from_file_location = spec_from_file_location


class _Loader(importlib.abc.Loader):
    """Loads a module of the submission once more, under whatever name a test gives it."""

    def __init__(self, finder: SubmissionFinder, module: str) -> None:
        self._finder = finder
        self._module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return an empty stand-in."""
        return RemoteModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Let the candidate run the file, and join the stand-in to what came of it."""
        self._finder.join(module, self._module, anew=True)


def _names_of_tests(names: dict[str, Any]) -> set[str]:
    """Return the names that the submission may not take: those of a test file, where `names` are its own."""
    module = sys.modules.get(str(names.get("__name__")))
    return {*names, *vars(builtins)} if module is not None and vars(module) is names else set()


def _is_plain_name(key: Any) -> bool:
    return type(key) is str and not key.startswith("__")


def _there(path: PurePath) -> bool:
    try:
        Path(path).stat()
    except (OSError, ValueError):
        return False
    return True
