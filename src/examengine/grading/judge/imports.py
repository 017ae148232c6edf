# ruff: noqa: SLF001, ARG002 - the importing module is found by its frame; the finder follows a protocol
"""`import solution` in a test: modules of the submission as stand-ins that call across the wire."""

import builtins
import dis
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any, Final

from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.operations import FORGET, IMPORT
from examengine.grading.wire.proxies import Reference

_OWN: Final = frozenset(
    {
        "__class__",
        "__dict__",
        "__spec__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__file__",
        "__cached__",
        "_wire_ref",
        "_wire_named",
        "_wire_module",
        "_initializing",
        "__initializing__",
    }
)


class SubmissionNotImported(ImportError):  # noqa: N818 - a fact about the submission
    """The submission did not import; the message says why, for the candidate."""


class RemoteModule(types.ModuleType):
    """A module of the submission."""

    _wire_module = True

    def __getattribute__(self, name: str) -> Any:
        if name == "__dict__":
            return Namespace(self)
        if name in _OWN:
            return types.ModuleType.__getattribute__(self, name)
        reference = types.ModuleType.__getattribute__(self, "__dict__").get("_wire_ref")
        if not isinstance(reference, Reference):
            return types.ModuleType.__getattribute__(self, name)
        if name == "__all__" and _is_star(sys._getframe(1)):
            return _star_names(self, reference, sys._getframe(1).f_globals)
        found = reference.remote.get_attribute(self, name)
        types.ModuleType.__getattribute__(self, "__dict__")["_wire_named"](name, found)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        reference = types.ModuleType.__getattribute__(self, "__dict__").get("_wire_ref")
        if name in _OWN or not isinstance(reference, Reference):
            types.ModuleType.__setattr__(self, name, value)
            return
        if isinstance(value, RemoteModule):
            # The import system binds a submodule in its package; the submission has done so too.
            return
        reference.remote.set_attribute(self, name, value)

    def __delattr__(self, name: str) -> None:
        reference = types.ModuleType.__getattribute__(self, "__dict__").get("_wire_ref")
        if name in _OWN or not isinstance(reference, Reference):
            types.ModuleType.__delattr__(self, name)
            return
        reference.remote.delete_attribute(self, name)

    def __dir__(self) -> list[str]:
        reference = types.ModuleType.__getattribute__(self, "__dict__")["_wire_ref"]
        return list(reference.remote.names(self))

    def __repr__(self) -> str:
        return f"<module {types.ModuleType.__getattribute__(self, '__name__')!r}>"


class Namespace(MutableMapping[str, Any]):
    """The names of a module of the submission, read and set across the wire."""

    def __init__(self, module: RemoteModule) -> None:
        self._module = module

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self._module, name, value)

    def __delitem__(self, name: str) -> None:
        delattr(self._module, name)

    def __iter__(self) -> Iterator[str]:
        return iter(dir(self._module))

    def __len__(self) -> int:
        return len(dir(self._module))


_STAR_CODES: Final = {dis.opmap[name] for name in ("IMPORT_STAR", "CALL_INTRINSIC_1") if name in dis.opmap}


def _is_star(frame: types.FrameType) -> bool:
    """Tell whether a frame is in the middle of `from module import *`."""
    return frame.f_lasti >= 0 and frame.f_code.co_code[frame.f_lasti] in _STAR_CODES


def _star_names(module: RemoteModule, reference: Reference, importer: dict[str, Any]) -> list[str]:
    """Return what `from module import *` brings: never a name the test or the language has."""
    try:
        listed = reference.remote.get_attribute(module, "__all__")
        names = [name for name in listed if type(name) is str]
    except AttributeError:
        names = [name for name in reference.remote.names(module) if not name.startswith("_")]
    taken = {name for name in importer if not name.startswith("__")} | set(vars(builtins))
    return [name for name in names if name not in taken]


class SubmissionFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the submission's modules across the wire, and nothing else."""

    def __init__(self, endpoint: Endpoint, module: str, names: tuple[str, ...], folder: str) -> None:
        self._endpoint = endpoint
        self._folder = folder
        self.main = main = module.partition(".")[0]
        self.names = {name for name in names if name == main or not _is_taken(name)} | {main}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for a module of the submission."""
        if fullname.partition(".")[0] not in self.names:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return an empty stand-in."""
        return RemoteModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Import the module in the candidate and join the stand-in to it."""
        name = types.ModuleType.__getattribute__(module, "__name__")
        # importlib.reload: the submission's file is run anew.
        self.join(module, name, anew="_wire_ref" in types.ModuleType.__getattribute__(module, "__dict__"))

    def join(self, module: types.ModuleType, name: str, *, anew: bool) -> None:
        """Import the candidate's module `name`, run `anew` where that is asked for, and join a stand-in to it."""
        if anew:
            self._endpoint.request(FORGET, name)
        try:
            found = self._endpoint.request(IMPORT, name)
        except ModuleNotFoundError as error:
            if error.name == name:
                raise
            raise _not_imported(name, error) from error
        except WireError:
            raise
        except BaseException as error:
            raise _not_imported(name, error) from error
        key = found[0] if type(found) is tuple and len(found) == 2 else None
        if type(key) is not int:
            raise WireError("an import without a module")
        reference = self._endpoint.objects.register(key, module)
        names = types.ModuleType.__getattribute__(module, "__dict__")
        names["_wire_named"] = self._endpoint.policy.named
        names["_wire_ref"] = reference
        if found[1] is False:
            names["__file__"] = str(Path(self._folder, *name.split(".")).with_suffix(".py"))


def _not_imported(name: str, error: BaseException) -> SubmissionNotImported:
    parent, _, child = name.rpartition(".")
    if parent and isinstance(error, ModuleNotFoundError) and str(error).endswith("is not a package"):
        # What `from solution import name` comes to where the name is neither defined nor a module.
        return SubmissionNotImported(f"{child!r} is not defined in {parent!r}", name=parent)
    where = vars(error).get("_wire_origin", "")
    if isinstance(error, SystemExit):
        text = "it called sys.exit() while being imported"
    else:
        text = f"{type(error).__name__}: {error}"
    place = f" ({where})" if where else ""
    return SubmissionNotImported(f"the submission could not be imported{place}: {text}", name=name)


def _is_taken(name: str) -> bool:
    """Tell whether a name belongs to the language, an installed package or the tests."""
    if name in sys.stdlib_module_names or name in sys.modules:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return True
