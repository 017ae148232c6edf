"""Call signatures as plain data, so that `inspect.signature` works on a stand-in."""

import inspect
from typing import Any

from examengine.grading.wire.frames import WireError

_KINDS = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


def pack_signature(target: Any) -> tuple[Any, ...]:
    """Return the parameters of a callable and its return annotation; raise what inspect raises."""
    signature = inspect.signature(target)
    empty = inspect.Parameter.empty
    parameters = tuple(
        (
            parameter.name,
            int(parameter.kind),
            parameter.default is not empty,
            None if parameter.default is empty else parameter.default,
            parameter.annotation is not empty,
            None if parameter.annotation is empty else parameter.annotation,
        )
        for parameter in signature.parameters.values()
    )
    has_return = signature.return_annotation is not inspect.Signature.empty
    return (parameters, has_return, signature.return_annotation if has_return else None)


def unpack_signature(packed: Any) -> inspect.Signature:
    """Rebuild a signature."""
    try:
        parameters, has_return, returned = packed
        return inspect.Signature(
            [
                inspect.Parameter(
                    name,
                    _KINDS[kind],
                    default=default if has_default else inspect.Parameter.empty,
                    annotation=annotation if annotated else inspect.Parameter.empty,
                )
                for name, kind, has_default, default, annotated, annotation in parameters
            ],
            return_annotation=returned if has_return else inspect.Signature.empty,
        )
    except (TypeError, ValueError, IndexError):
        raise WireError("a damaged signature") from None
