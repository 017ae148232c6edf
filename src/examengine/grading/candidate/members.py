"""Members of a class here whose code lives with the tests: functions, properties and the like."""

import types
from typing import Any, Final

from examengine.grading.wire.endpoint import CLASS_MEMBER, FUNCTION_MEMBER, PROPERTY_MEMBER, STATIC_MEMBER


def as_member(value: Any) -> Any:
    """Return what to put into a class body for a member that lives with the tests."""
    if type(value) is tuple and len(value) == 2 and type(value[0]) is str and value[0] in _WRAPPERS:
        return _WRAPPERS[value[0]](value[1])
    return value


def _function(target: Any) -> Any:
    def method(*args: Any, **kwargs: Any) -> Any:
        return target(*args, **kwargs)

    method.__name__ = method.__qualname__ = getattr(target, "__name__", "method")
    method.__dict__[_ORIGINAL] = target
    return method


def original_of(value: Any) -> Any:
    """Return the test's own function behind a method that was made of it, else the value itself."""
    return vars(value).get(_ORIGINAL, value) if type(value) is types.FunctionType else value


def _property(parts: Any) -> Any:
    return property(*(None if part is None else _function(part) for part in parts))


_ORIGINAL: Final = "_wire_original"
_WRAPPERS: Final[dict[str, Any]] = {
    FUNCTION_MEMBER: _function,
    STATIC_MEMBER: lambda target: staticmethod(_function(target)),
    CLASS_MEMBER: lambda target: classmethod(_function(target)),
    PROPERTY_MEMBER: _property,
}
