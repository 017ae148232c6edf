# ruff: noqa: ARG002 - one side of a protocol
"""What the judge hands to the candidate, and what of it the candidate may look at.

Callbacks may be called, a test's own objects may be used by their public names. Nothing leads from
them to the test's code, its variables, its modules or its frames.
"""

import builtins
import inspect
import sys
import types
import unittest
import unittest.mock
from collections.abc import Callable, Iterator, MutableMapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from examengine.grading.judge.trust import Trust, is_remote
from examengine.grading.wire.classes import Description
from examengine.grading.wire.describe import SPECIALS
from examengine.grading.wire.endpoint import Endpoint, bind_member
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import resolve

_PUBLIC_DUNDERS: Final = frozenset({"__name__", "__qualname__", "__doc__", "__call__"}) | SPECIALS
_CODE: Final = (
    types.CodeType,
    types.FrameType,
    types.TracebackType,
    types.CellType,
    types.ModuleType,
)
_CALLABLES: Final = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)
_MAPPING: Final = frozenset({"get", "keys", "values", "items", "pop", "setdefault", "update"})
_TESTS: Final = (unittest.TestCase,)
_STREAMS: Final = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_STREAM_NAMES: Final = frozenset({"send", "throw", "close", "asend", "athrow", "aclose"})
_MOCK_SETTERS: Final = frozenset({"attach_mock", "configure_mock", "mock_add_spec", "reset_mock"})
_CLOSED_PACKAGES: Final = frozenset({"_pytest", "pytest", "pluggy", "examengine"})
_NAMED: Final = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
)


class JudgePolicy:
    """The judge's side of the wire."""

    compares_values = False

    def __init__(self, folder: str, trust: Trust, show: Callable[[int, str], None]) -> None:
        self._folder = str(Path(folder).resolve())
        self._trust = trust
        self._show = show
        self.before_request: Callable[[], None] = lambda: None
        self._lent: dict[int, tuple[Any, builtins.set[str]]] = {}

    def owns(self, module: str) -> bool:
        """Tell whether a module belongs to the tests."""
        loaded = sys.modules.get(module)
        file = getattr(loaded, "__file__", None)
        if loaded is None:
            return True
        return type(file) is str and file.startswith(self._folder)

    def is_library(self, module: str) -> bool:
        """Tell whether a module is a loaded library, none of the tests and none of pytest."""
        return module in sys.modules and not self._is_test_module(module)

    def reference(self, value: Any) -> tuple[str, str] | None:
        """Return the name of a library's function, class or module: the candidate has its own."""
        if isinstance(value, types.ModuleType):
            name = value.__name__
            same = type(name) is str and sys.modules.get(name) is value
            return (name, "") if same and not self._is_test_module(name) else None
        if not isinstance(value, type) and type(value) not in _NAMED and not _is_ufunc(value):
            return None
        module = getattr(value, "__module__", None)
        if _is_ufunc(value):
            module = "numpy"
        qualname = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
        owner = getattr(value, "__objclass__", None)
        if module is None and isinstance(owner, type):
            module = owner.__module__
        if type(module) is not str or type(qualname) is not str or self._is_test_module(module):
            return None
        try:
            found = resolve(module, qualname, load=False)
        except LookupError:
            return None
        return (module, qualname) if found is value else None

    def _is_test_module(self, name: str) -> bool:
        return name.partition(".")[0] in _CLOSED_PACKAGES or self.owns(name)

    def owns_code(self, module: str) -> bool:
        """Tell whether a module is loaded from the tests' folder."""
        return module in sys.modules and self.owns(module)

    def refused(self, sentence: str) -> None:
        """Note that a test would have had to rely on the submission's word."""
        self._trust.refusals.append(sentence)

    def resolve(self, module: str, qualname: str) -> Any:
        """Refuse: the candidate names nothing here that it was not handed."""
        raise WireError("the judge looks nothing up")

    def shown(self, description: tuple[Any, ...]) -> tuple[Any, ...]:
        """Show a test's class by its name and public members: not where it stands, nor its text."""
        told = Description(*description)
        if not told.owned:
            return description
        public = tuple((name, kind) for name, kind in told.members if name == "__init__" or not name.startswith("_"))
        return tuple(told._replace(qualname=told.name, module="tests", doc=None, members=public))

    def told(self, error: BaseException, arguments: tuple[Any, ...], text: str) -> tuple[tuple[Any, ...], str]:
        """Return what an exception of the tests tells: a failed assertion's text holds what is expected."""
        if isinstance(error, AssertionError) and "assert " in text:
            return (), ""
        return arguments, text

    def check_export(self, value: Any) -> None:
        """Refuse what would lead to the tests' code."""
        if isinstance(value, _CODE) or (type(value) is types.MappingProxyType and "__module__" in value):
            raise TypeError(f"a {type(value).__name__} of the tests is not handed to a submission")

    def get(self, target: Any, name: Any) -> Any:
        """Return an attribute of a test's object, if it is one that a submission may use."""
        if type(name) is str and name in self._own_names(target):
            return getattr(target, name)
        if type(name) is not str or not self._may_see(target, name):
            if name == "__dict__" and self._may_keep(target):
                return Attributes(self, target)
            if name == "__code__" and type(target) is types.FunctionType:
                return CodeFacts(target.__code__)
            if name == "__annotations__" and type(target) is types.FunctionType:
                return {name: kind for name, kind in target.__annotations__.items() if self._is_known_type(kind)}
            raise AttributeError(f"{type(target).__name__!r} object has no attribute {str(name)[:100]!r}")
        if name == "__qualname__":
            name = "__name__"
        return getattr(target, name)

    def _is_known_type(self, kind: Any) -> bool:
        """Tell whether an annotation is a type that both sides have, so that it tells nothing of the tests."""
        return kind is None or (isinstance(kind, type) and (is_remote(kind) or self.reference(kind) is not None))

    def _may_see(self, target: Any, name: str) -> bool:
        if name.startswith("__sklearn_"):
            return type(target).__module__.partition(".")[0] == "sklearn"
        if name.startswith("_"):
            return name in _PUBLIC_DUNDERS
        if isinstance(target, _CODE + _CALLABLES):
            return False
        if isinstance(target, _STREAMS):
            return name in _STREAM_NAMES
        if isinstance(target, unittest.mock.NonCallableMock) and name in _MOCK_SETTERS:
            return False
        if isinstance(target, BaseException) and name.startswith("with_"):
            return False
        if type(target) is Attributes:
            return name in _MAPPING
        return type(target).__module__.partition(".")[0] not in _CLOSED_PACKAGES

    def set(self, target: Any, name: Any, value: Any) -> None:
        """Set an attribute of a test's own object; classes and functions stay as they are."""
        if type(name) is str and _is_private(name) and self._may_keep(target) and not hasattr(target, name):
            # A descriptor, or a decorator, keeps what is its own with the test's object.
            self._lent.setdefault(id(target), (target, {name}))[1].add(name)
        if name not in self._own_names(target):
            self._check_change(target, name)
        setattr(target, name, value)

    def delete(self, target: Any, name: Any) -> None:
        """Delete an attribute of a test's own object."""
        if name not in self._own_names(target):
            self._check_change(target, name)
        delattr(target, name)

    def _may_keep(self, target: Any) -> bool:
        """Tell whether the submission may keep names of its own with an object: one of a plain class of the tests."""
        cls = type(target)
        is_plain = not isinstance(target, (type, types.ModuleType, BaseException, *_CODE, *_CALLABLES, *_STREAMS))
        return is_plain and self.owns(cls.__module__) and not issubclass(cls, _TESTS) and hasattr(target, "__dict__")

    def _own_names(self, target: Any) -> AbstractSet[str]:
        """Return the private names that the submission has given to an object of the tests."""
        found = self._lent.get(id(target))
        return found[1] if found is not None else frozenset()

    def attributes(self, target: Any) -> list[str]:
        """Return the names of a test's object that the submission may know, of those that it holds itself."""
        return [name for name in list(vars(target)) if name in self._own_names(target) or self._may_see(target, name)]

    def _check_change(self, target: Any, name: Any) -> None:
        fixed = isinstance(target, (type, types.ModuleType, *_CALLABLES))
        if type(name) is not str or fixed or not self._may_see(target, name) or _is_set_by_tests_alone(target, name):
            raise AttributeError(f"{type(target).__name__!r} object cannot be changed from here")

    def names(self, target: Any) -> list[str]:
        """Return the attribute names that a submission may use."""
        return [name for name in dir(target) if type(name) is str and self._may_see(target, name)]

    def text(self, target: Any, how: str) -> str:
        """Return the text of a test's object; nothing tells where the object comes from."""
        if isinstance(target, _CALLABLES):
            return f"<function {getattr(target, '__name__', '')}>"
        shown: Any = type(target).__repr__
        if shown is object.__repr__:
            return f"<{type(target).__name__} object>"
        return str(target) if how == "str" else repr(target)

    def bind(self, cls: Any, name: Any, target: Any) -> Any:
        """Return a public member of a test's class."""
        if type(name) is not str or (name.startswith("_") and name != "__init__"):
            raise AttributeError(name)
        return bind_member(cls, name, target)

    def special(
        self,
        endpoint: Endpoint,
        target: Any,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        """Carry out a special method of a stand-in, as far as it can be trusted."""
        return self._trust.special(endpoint, target, name, args, kwargs)

    def method_result(self, name: str, args: tuple[Any, ...], result: Any) -> Any:
        """Look at what a method of a stand-in gave."""
        return self._trust.method_result(name, args, result)

    def raised(self, error: BaseException) -> BaseException:
        """Return what a call that raised an exception may raise here."""
        return self._trust.raised(error, self.owns_code)

    def named(self, name: str, found: Any) -> None:
        """Note under which name a test took something from the submission."""
        self._trust.named(name, found)

    def called(self, target: Any, result: Any) -> None:
        """Note what a call gave."""
        self._trust.called(target, result)

    def given(self, key: int) -> None:
        """Note that an object was given once more."""
        self._trust.given(key)

    def print(self, stream: int, text: str) -> None:
        """Print the submission's text where the test captures it."""
        self._show(stream, text)

    def caught(self, error: BaseException) -> None:
        """Nothing to note: what a callback raises belongs to the test."""

    def before_answer(self) -> None:
        """Nothing to do."""


class Attributes(MutableMapping[str, Any]):
    """The `__dict__` of a test's object, as far as the submission may use it."""

    def __init__(self, policy: JudgePolicy, target: Any) -> None:
        self._policy = policy
        self._target = target

    def __getitem__(self, name: str) -> Any:
        if name not in self._policy.attributes(self._target):
            raise KeyError(name)
        return vars(self._target)[name]

    def __setitem__(self, name: str, value: Any) -> None:
        descriptor = getattr(type(self._target), name, None)
        if is_remote(descriptor):
            # Setting the attribute would ask the descriptor again; what it keeps goes beneath.
            vars(self._target)[name] = value
            return
        self._policy.set(self._target, name, value)

    def __delitem__(self, name: str) -> None:
        self[name]
        del vars(self._target)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._policy.attributes(self._target))

    def __len__(self) -> int:
        return len(self._policy.attributes(self._target))


class CodeFacts:
    """What a submission may know of a callback's code: how many arguments it takes."""

    def __init__(self, code: types.CodeType) -> None:
        self.co_argcount = code.co_argcount
        self.co_posonlyargcount = code.co_posonlyargcount
        self.co_kwonlyargcount = code.co_kwonlyargcount
        self.co_flags = code.co_flags
        self.co_name = code.co_name
        count = code.co_argcount + code.co_kwonlyargcount
        self.co_varnames = code.co_varnames[:count]


def _is_set_by_tests_alone(target: Any, name: str) -> bool:
    """Tell whether a name is what a test reads off its own object: a method, or what a mock has noted."""
    if isinstance(target, unittest.mock.NonCallableMock):
        return name in _MOCK_RECORDS or name in target._mock_children  # noqa: SLF001 - what the test has asked of it
    found = inspect.getattr_static(type(target), name, None)
    return isinstance(found, (*_CALLABLES, staticmethod, classmethod)) and not is_remote(found)


_MOCK_RECORDS: Final = frozenset(name for name in dir(unittest.mock.Mock()) if not name.startswith("_"))


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_ufunc(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ufunc)
