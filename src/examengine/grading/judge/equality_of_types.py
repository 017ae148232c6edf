"""Comparisons of objects whose rule of equality is a library's: the judge applies that rule itself.

The candidate gives the contents, as plain data and without seeing what they are compared with; nothing
that it says of itself has a part in the outcome.
"""

import collections
import collections.abc
import types
from collections.abc import Callable
from typing import Any, Final


def plain_equivalent(target: Any, method: str) -> Any:
    """Return plain data that compares as a stand-in would by its library's rule; None: it has another rule."""
    for cls in type.mro(type(target)):
        if method in vars(cls):
            read = _CONTENTS.get(vars(cls).get("_wire_library"))
            return None if read is None else read(target)
    return None


def _mapping(target: Any) -> dict[Any, Any]:
    return {key: target[key] for key in target}


def _namespace(target: Any) -> types.SimpleNamespace:
    return types.SimpleNamespace(**target.__dict__)


_CONTENTS: Final[dict[Any, Callable[[Any], Any]]] = {
    collections.abc.Mapping: _mapping,
    collections.abc.MutableMapping: _mapping,
    collections.UserDict: _mapping,
    collections.ChainMap: _mapping,
    types.MappingProxyType: _mapping,
    collections.UserList: list,
    collections.UserString: lambda target: str(target.data),
    collections.abc.Set: set,
    collections.abc.MutableSet: set,
    type({}.keys()): lambda target: dict.fromkeys(target).keys(),
    type({}.items()): lambda target: dict(target).items(),
    types.SimpleNamespace: _namespace,
    memoryview: bytes,
}
