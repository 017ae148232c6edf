"""Modules of ours that are run only when they are asked for, by processes that cannot read our files any more."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence


class _Kept(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Holds the code of one module."""

    def __init__(self, name: str, code: types.CodeType) -> None:
        self._name = name
        self._code = code

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for the module that is kept here."""
        del path, target
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == self._name else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave it to the import system."""
        del spec

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the code."""
        exec(self._code, vars(module))  # noqa: S102 - our own module, read before


def keep_for_later(name: str) -> None:
    """Read a module's code now; an import runs it whenever it comes."""
    spec = importlib.util.find_spec(name)
    if spec is None or not isinstance(spec.loader, importlib.abc.InspectLoader):
        return
    code = spec.loader.get_code(name)
    if code is not None:
        sys.meta_path.append(_Kept(name, code))
