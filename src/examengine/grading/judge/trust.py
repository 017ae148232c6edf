"""What the judge believes of objects that only the candidate can look into.

A stand-in never equals plain data, and no operator of the candidate's own decides a comparison with
what a test expects. Where a test would need that, it fails with a sentence that says so.
"""

import collections
import collections.abc
import secrets
import sys
from collections.abc import Callable
from typing import Any, Final

from _pytest import outcomes

from examengine.grading.judge.equality_of_types import plain_equivalent
from examengine.grading.judge.frames_of_tests import frames_of_tests
from examengine.grading.wire.describe import BINARY, COMPARISONS, UNARY
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.proxies import Reference, RemoteMethod, RemoteObject, RemoteType, reference_of

_MEASURING: Final = frozenset(
    f"__{prefix}{name}__"
    for name in ("sub", "truediv", "floordiv", "mod", "divmod", "xor")
    for prefix in ("", "r", "i")
)
"""Operators by which tests measure the distance to an expected value."""

EQUALITY_METHODS: Final = frozenset(
    {
        "equals",
        "equal",
        "eq",
        "ne",
        "almost_equals",
        "almost_equal",
        "isclose",
        "is_close",
        "allclose",
        "array_equal",
        "array_equiv",
        "identical",
    }
)
_COMPARING_LIBRARIES: Final = frozenset({"unittest", "_pytest", "pytest", "numpy", "pandas", "scipy", "sklearn"})
_MOST_MADE: Final = 1_000_000
_AHEAD_FROM: Final = 256
_AHEAD_ITEMS: Final = 256


class Distrust(AssertionError):  # noqa: N818 - the judge distrusts; nothing is in error
    """A test would have to take the candidate's word for a comparison."""


class Trust:
    """The rules, and what happened under them in the test that is running."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.compared_with_plain: str = ""
        self.is_collecting = True
        self._measured: set[int] = set()
        self._ahead: dict[int, _Ahead] = {}
        self._classes: dict[int, bool] = {}
        self._made: set[int] = set()

    def reset(self) -> None:
        """Forget what happened: a new test begins."""
        self.refusals = []
        self.compared_with_plain = ""
        self._measured.clear()

    def named(self, name: str, found: Any) -> None:
        """Note by which name a test took a class: as a class (`Money`), or as a function (`mean`)."""
        if isinstance(found, RemoteType):
            key = reference_of(found).key
            self._classes[key] = name.lstrip("_")[:1].isupper() and self._classes.get(key, True)

    def called(self, target: Any, result: Any) -> None:
        """Note an object that a test made of a class it knows as one: its operators are what is tested."""
        if isinstance(target, RemoteType) and type(result) is target and self._classes.get(reference_of(target).key):
            self._note_made(result)

    def given(self, key: int) -> None:
        """Note that the candidate gave an object that it had given before: it may now stand for a result."""
        self._made.discard(key)

    def _note_made(self, value: Any) -> None:
        if len(self._made) < _MOST_MADE:
            self._made.add(id_of(value))

    def refuse(self, target: Any, doing: str) -> Distrust:
        """Record and return the refusal of one comparison."""
        name = type(target).__name__
        sentence = (
            f"The submission gave an object of its own class {name!r}; "
            f"{doing} would rest on what that class says of itself. Give plain data instead."
        )
        self.refusals.append(sentence)
        return Distrust(sentence)

    def raised(self, error: BaseException, is_test_module: Callable[[str], bool]) -> BaseException:
        """Return what a call may raise: nothing that ends a loop, or the collection, behind a test's back.

        A test that speaks of the exception, as `pytest.raises(StopIteration)` does, gets it as it is.
        """
        told = RuntimeError(f"the submission raised {type(error).__name__}")
        if self.is_collecting:
            return told
        if not isinstance(error, StopIteration):
            return error
        return error if any(map(_speaks_of_stop, frames_of_tests(is_test_module))) else told

    def special(
        self,
        endpoint: Endpoint,
        target: Any,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        """Carry out a special method of a stand-in, as far as it can be trusted."""
        if name in COMPARISONS:
            return self._compare(endpoint, target, name, args)
        if name in BINARY:
            return self._calculate(endpoint, target, name, args)
        if name == "__next__":
            return self._next(endpoint, target)
        if name == "__exit__":
            return self._exit(endpoint, target, args)
        if name == "__array__":
            return _array(endpoint.forward_special(target, name, (), {}), args, kwargs)
        result = endpoint.forward_special(target, name, args, kwargs)
        if (name in UNARY or name == "__bool__") and id_of(target) in self._measured:
            return self._measured_result(target, result)
        return result

    def method_result(self, name: str, args: tuple[Any, ...], result: Any) -> Any:
        """Look at the result of a method that claims equality."""
        if name in EQUALITY_METHODS and not all(is_remote(value) for value in args):
            sentence = (
                f"The submission's own method {name!r} was asked to compare with expected data; "
                "its answer cannot be relied on. Give plain data instead."
            )
            self.refusals.append(sentence)
            raise Distrust(sentence)
        return result

    def _exit(self, endpoint: Endpoint, target: Any, args: tuple[Any, ...]) -> Any:
        """Leave a block of the test; a failure of the test's own is no business of the submission."""
        result = endpoint.forward_special(target, "__exit__", args, {})
        error = args[1] if len(args) == 3 else None
        if isinstance(error, AssertionError | outcomes.OutcomeException) and id_of(error) == 0 and result:
            sentence = "The submission's own __exit__ suppressed a failed check of the test."
            self.refusals.append(sentence)
            raise Distrust(sentence)
        return result

    def _compare(self, endpoint: Endpoint, target: Any, name: str, args: tuple[Any, ...]) -> Any:
        other = args[0]
        if is_remote(other):
            return endpoint.forward_special(target, name, args, {})
        contents = plain_equivalent(target, name)
        if contents is not None:
            return getattr(contents, name)(other)
        if name in {"__eq__", "__ne__"}:
            # The other operand's own rules decide; for plain data they say "not equal".
            self.compared_with_plain = type(target).__name__
            return self._disowned(endpoint, target, name, other)
        if not _is_library_value(other):
            return NotImplemented
        # A value of the same type stands in for the test's, which is none of the candidate's
        # business: only whether the class refuses such a comparison is asked.
        result = endpoint.forward_special(target, name, (_decoy(other),), {})
        if result is NotImplemented:
            return NotImplemented
        raise self.refuse(target, f"the comparison with {type(other).__name__!r}")

    def _disowned(self, endpoint: Endpoint, target: Any, name: str, other: Any) -> Any:
        """Ask whether the class tells plain data from its own objects, with a value that is not the test's.

        Nothing that it answers makes the two equal; that it breaks, or calls itself equal to whatever
        comes, shows as it would in one process.
        """
        make = _STRANGE.get(type(other))
        if make is None:
            return NotImplemented
        number = secrets.randbits(60)
        try:
            result = endpoint.forward_special(target, name, (make(number),), {})
            if result is (name == "__eq__") and other is not None and not isinstance(other, bool):
                # Once may be chance, where numbers are equal that differ by some multiple.
                result = endpoint.forward_special(target, name, (make(number + 1),), {})
        except (AttributeError, NotImplementedError):
            raise
        except Exception as error:
            if type(error) is TypeError and not isinstance(other, _CONTAINERS):
                raise
            return NotImplemented
        says_equal = result is (name == "__eq__")
        if says_equal and other is not None and not isinstance(other, bool):
            sentence = (
                f"The submission gave an object of its own class {type(target).__name__!r}, which calls itself equal "
                f"to any {type(other).__name__!r}; such an object never equals plain data."
            )
            self.refusals.append(sentence)
            raise Distrust(sentence)
        # An `__eq__` that is not written yet says "not equal"; a `__ne__` that gives nothing would say "equal".
        return None if result is None and name == "__eq__" else NotImplemented

    def _calculate(self, endpoint: Endpoint, target: Any, name: str, args: tuple[Any, ...]) -> Any:
        others = [value for value in args if not is_remote(value)]
        measured = id_of(target) in self._measured or any(
            id_of(value) in self._measured for value in args if is_remote(value)
        )
        if others and _called_by_library():
            raise self.refuse(target, "the comparison")
        is_made = id_of(target) in self._made
        result = endpoint.forward_special(target, name, args, {})
        if result is NotImplemented:
            return result
        if is_made and not measured:
            if type(result) is type(target):
                self._note_made(result)
            return result
        measuring = name in _MEASURING and any(_is_number(value) for value in others)
        if measured or measuring:
            return self._measured_result(target, result)
        return result

    def _measured_result(self, target: Any, result: Any) -> Any:
        """Follow a result that has seen an expected value: it may not become plain data."""
        if not is_remote(result):
            raise self.refuse(target, "the difference from an expected value")
        self._measured.add(id_of(result))
        return result

    def _next(self, endpoint: Endpoint, target: Any) -> Any:
        """Take items one by one, as lazily as in one process; long streams come in batches."""
        key = id_of(target)
        ahead = self._ahead.get(key)
        if ahead is None:
            ahead = self._ahead[key] = _Ahead()
        if ahead.items:
            return ahead.items.popleft()
        if ahead.ended:
            del self._ahead[key]
            if ahead.error is not None:
                raise ahead.error
            raise StopIteration(ahead.value)
        if ahead.taken < _AHEAD_FROM:
            ahead.taken += 1
            return endpoint.forward_special(target, "__next__", (), {})
        items, ahead.ended, ahead.value, ahead.error = endpoint.next_items(target, _AHEAD_ITEMS)
        ahead.items.extend(items)
        return self._next(endpoint, target)


class _Ahead:
    """Items of a stream that have come before they were asked for."""

    __slots__ = ("ended", "error", "items", "taken", "value")

    def __init__(self) -> None:
        self.taken = 0
        self.items: collections.deque[Any] = collections.deque()
        self.ended = False
        self.value: Any = None
        self.error: BaseException | None = None


def id_of(target: Any) -> int:
    """Return the key of a stand-in, 0 for anything else."""
    try:
        reference = object.__getattribute__(target, "_wire_ref")
    except AttributeError:
        return 0
    return reference.key if isinstance(reference, Reference) else 0


def is_remote(value: Any) -> bool:
    """Tell whether a value is the candidate's: a stand-in for one of its objects or classes."""
    cls = type(value)
    if issubclass(cls, RemoteObject) or cls is RemoteMethod:
        return True
    if isinstance(cls, RemoteType):
        return True
    return issubclass(cls, type) and "_wire_class" in vars(value)


def _is_library_value(value: Any) -> bool:
    """Tell whether a value is plain: of the language or its libraries, with no class of a test."""
    return type(value).__module__.partition(".")[0] not in {"_pytest", "unittest"}


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | bytes) and (
        hasattr(type(value), "__sub__") or isinstance(value, collections.abc.Sequence)
    )


def _decoy(value: Any) -> Any:
    try:
        return type(value)()
    except Exception:  # noqa: BLE001 - any class may refuse to be made from nothing
        return None


_CONTAINERS: Final = (list, tuple, set, frozenset, dict)
_STRANGE: Final[dict[type, Callable[[int], Any]]] = {
    type(None): lambda _: None,
    bool: lambda number: bool(number & 1),
    int: int,
    float: lambda number: number / 7,
    complex: lambda number: complex(number, number),
    str: "\N{REPLACEMENT CHARACTER}{}".format,
    bytes: lambda number: str(number).encode(),
    list: lambda number: [number],
    tuple: lambda number: (number,),
    set: lambda number: {number},
    frozenset: lambda number: frozenset({number}),
    dict: lambda number: {number: number},
}

"""For each plain type, a value of it that nothing honest is equal to, and that tells nothing of the test's."""


def _speaks_of_stop(frame: Any) -> bool:
    return "StopIteration" in frame.f_code.co_names or any(one is StopIteration for one in frame.f_locals.values())


def _called_by_library() -> bool:
    """Tell whether the operator is used by a comparing library instead of by the test itself."""
    frame = sys._getframe(1)  # noqa: SLF001 - the way to learn who calculates
    here = frame.f_globals.get("__name__", "").partition(".")[0]
    found: Any = frame
    while found is not None and found.f_globals.get("__name__", "").partition(".")[0] == here:
        found = found.f_back
    if found is None:
        return False
    name = found.f_globals.get("__name__", "")
    return type(name) is str and name.partition(".")[0] in _COMPARING_LIBRARIES


def _array(result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Return the array an object turns itself into: plain data from here on."""
    import numpy as np

    if type(result) is not np.ndarray:
        raise TypeError("object __array__ method not producing an array")
    dtype = args[0] if args else kwargs.get("dtype")
    return result if dtype is None else result.astype(dtype)
