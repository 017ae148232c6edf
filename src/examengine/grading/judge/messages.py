# ruff: noqa: ARG002, N802, BLE001 - reprlib names its methods after types; a text must never raise
"""Sentences about a failed test for the candidate: what was called, expected and given.

Never the test's source, its path or a traceback; control characters never pass.
"""

import re
import reprlib
import types
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from examengine.grading.contract import MESSAGE_CHARACTERS
from examengine.grading.judge.trust import Distrust, is_remote
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.objects import CandidateInterrupt
from examengine.grading.wire.proxies import RemoteMethod, RemoteType

_VALUE_CHARACTERS: Final = 300
_LARGE_ARRAY: Final = 30


class ShortRepr(reprlib.Repr):
    """Short texts of values; asks nothing of the candidate but the text of its own objects."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlist = self.maxtuple = self.maxset = self.maxdict = self.maxdeque = 12
        self.maxstring = 200
        self.maxother = _VALUE_CHARACTERS
        self.maxlong = 80
        self.maxlevel = 5

    def repr_ndarray(self, value: Any, level: int) -> str:
        """Describe a large array, print a small one."""
        if value.size > _LARGE_ARRAY:
            return f"array of shape {value.shape}, {value.dtype}"
        return " ".join(repr(value).split())

    def repr_DataFrame(self, value: Any, level: int) -> str:
        """Describe a large frame, print a small one."""
        if value.size > _LARGE_ARRAY:
            return f"DataFrame of shape {value.shape}, columns {list(value.columns)[:8]}"
        return f"DataFrame({value.to_dict('list')})"

    def repr_Series(self, value: Any, level: int) -> str:
        """Describe a long series, print a short one."""
        if value.size > _LARGE_ARRAY:
            return f"Series of length {value.size}, {value.dtype}"
        return f"Series({value.to_dict()})"

    def repr_float64(self, value: Any, level: int) -> str:
        """Print NumPy's numbers as numbers."""
        return repr(float(value))

    def repr_int64(self, value: Any, level: int) -> str:
        """Print NumPy's numbers as numbers."""
        return repr(int(value))

    def repr_instance(self, value: Any, level: int) -> str:
        """Describe an object without telling where it stands."""
        if isinstance(value, types.FunctionType | types.BuiltinFunctionType | types.MethodType):
            return f"<function {value.__name__}>"
        shown: Any = type(value).__repr__
        if shown is object.__repr__:
            return f"<{type(value).__name__} object>"
        return _ADDRESS.sub("", super().repr_instance(value, level))


_ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
_SHORT: Final = ShortRepr()


def short(value: Any) -> str:
    """Return a short text of any value; never raises."""
    try:
        return _SHORT.repr(value)[:_VALUE_CHARACTERS]
    except WireError:
        return f"<{type(value).__name__}>"
    except Exception:
        return f"<{type(value).__name__}>"


class LastCall:
    """The last thing a test called in the submission, for the message if the test then fails."""

    def __init__(self) -> None:
        self._name: Any = ""
        self._arguments = ""
        self._result: Any = None
        self.has_result = False

    def clear(self) -> None:
        """Forget the call."""
        self.__init__()  # type: ignore[misc]

    def begin(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Note a call before it is made: it may change its arguments."""
        self._name = target
        listed = [short(value) for value in args]
        listed += [f"{name}={short(value)}" for name, value in kwargs.items()]
        self._arguments = ", ".join(listed)
        self.has_result = False

    def end(self, result: Any) -> None:
        """Note what the call gave."""
        self._result = result
        self.has_result = True

    def gave(self, value: Any) -> bool:
        """Tell whether a value is what the call gave."""
        return self.has_result and value is self._result

    def text(self) -> str:
        """Return the call as it would be written."""
        name = self._name
        if not isinstance(name, str):
            try:
                name = name.__name__
            except BaseException:
                name = "the function"
        return f"{name}({self._arguments})" if name else ""


class Comparison:
    """The comparison that an assertion failed on."""

    def __init__(self) -> None:
        self.operator = ""
        self.left: Any = None
        self.right: Any = None

    def note(self, operator: str, left: Any, right: Any) -> None:
        """Keep the two sides of a failed comparison."""
        self.operator, self.left, self.right = operator, left, right


class Messages:
    """Makes the sentence for one failure."""

    def __init__(self, *, show_values: bool, private_paths: Iterable[str]) -> None:
        self._show = show_values
        self._private = sorted((p for p in private_paths if p), key=len, reverse=True)

    def of(self, error: BaseException, call: LastCall, comparison: Comparison, compared: str) -> str:
        """Return the sentence for an exception that ended a test."""
        return self.clean(self._sentence(error, call, comparison, compared))

    def clean(self, text: str) -> str:
        """Cut a text, free it of control characters and of the judge's paths."""
        text = text[: 20 * MESSAGE_CHARACTERS]
        for path in self._private:
            text = text.replace(f"{path}/", "").replace(path, ".")
        return cut(clean_text(text), MESSAGE_CHARACTERS)

    def _sentence(self, error: BaseException, call: LastCall, comparison: Comparison, compared: str) -> str:
        calling = call.text() if self._show else ""
        if isinstance(error, Distrust):
            return str(error)
        if came_from_candidate(error):
            return self._raised(error, calling)
        note = (
            f" Note: an object of the submission's class {compared!r} was compared with plain "
            "data; such an object never equals plain data."
            if compared
            else ""
        )
        if not self._show:
            return f"{_kind_of_failure(error)}{note}"
        if isinstance(error, AssertionError):
            return f"{self._failed(error, call, calling, comparison)}{note}"
        if type(error).__module__.startswith("_pytest"):
            return f"{_with_call(calling)}{_first_lines(str(error))}{note}"
        return f"{_with_call(calling)}{type(error).__name__}: {_first_lines(str(error))}{note}"

    def _raised(self, error: BaseException, calling: str) -> str:
        where = vars(error).get("_wire_origin", "")
        place = f" ({where})" if where else ""
        doing = calling or "The submission"
        if isinstance(error, SystemExit):
            return f"{doing} called sys.exit(){place}; a submission must return, not exit."
        if isinstance(error, CandidateInterrupt):
            return f"{doing} raised KeyboardInterrupt{place}."
        if isinstance(error, MemoryError):
            return f"{doing} ran out of memory{place}."
        name = type(error).__name__
        if isinstance(error, RecursionError):
            return f"{doing} raised {name}{place}: it calls itself without end."
        text = f": {_first_lines(str(error))}" if self._show and str(error) else ""
        return f"{doing} raised {name}{text}{place}"

    def _failed(self, error: AssertionError, call: LastCall, calling: str, comparison: Comparison) -> str:
        said, _, explained = str(error).partition("\nassert ")
        if not explained and said.startswith("assert "):
            said = ""
        if comparison.operator:
            return f"{_prefix(said)}{_compared(call, calling, comparison)}"
        if said:
            return f"{_with_call(calling)}{_first_lines(said)}"
        if calling and call.has_result:
            return f"{calling} did not give what is expected."
        return "A check of the submission failed."


def _compared(call: LastCall, calling: str, comparison: Comparison) -> str:
    left, right = short(comparison.left), short(comparison.right)
    expected = getattr(comparison.right, "expected", None)
    if comparison.operator == "==":
        if call.gave(comparison.left) or (expected is not None and not is_remote(expected)):
            return f"{calling or 'the submission'} gave {left}, expected {right}"
        if call.gave(comparison.right):
            return f"{calling} gave {right}, expected {left}"
    after = f" (after {calling})" if calling else ""
    return f"expected {left} {comparison.operator} {right}{after}, which does not hold"


def came_from_candidate(error: BaseException) -> bool:
    """Tell whether an exception was raised by the submission."""
    try:
        return "_wire_ref" in vars(error)
    except TypeError:
        return False


def _kind_of_failure(error: BaseException) -> str:
    if isinstance(error, AssertionError):
        return "A result is not the expected one."
    if type(error).__module__.startswith("_pytest"):
        return "The submission did not behave as expected."
    return f"The test stopped with {type(error).__name__}."


def _prefix(said: str) -> str:
    return f"{_first_lines(said)}: " if said else ""


def _with_call(calling: str) -> str:
    return f"{calling}: " if calling else ""


def _first_lines(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return "; ".join(lines[:14])


def clean_text(text: str) -> str:
    """Replace everything that a terminal might take for a command."""
    return "".join(
        char if char in "\n\t" or (char.isprintable() and unicodedata.category(char) != "Cf") else "�" for char in text
    )


def cut(text: str, characters: int) -> str:
    """Cut a text in the middle, saying so."""
    if len(text) <= characters:
        return text
    half = characters // 2 - 10
    return f"{text[:half]} […] {text[-half:]}"


def name_of(target: Any) -> str | None:
    """Return the name of a called stand-in where it is known without asking."""
    if type(target) is RemoteMethod:
        return str(object.__getattribute__(target, "_wire_method"))
    if isinstance(type(target), type) and isinstance(target, RemoteType):
        return target.__name__
    return None
