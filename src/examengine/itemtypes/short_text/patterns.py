"""Regular expressions in RE2: their time grows with the text alone, so that none can hang and no mark needs a clock."""

import functools
from typing import Any

_MOST_BYTES = 1 << 20
"""Of a compiled pattern: a repetition of repetitions is refused before it is built."""


class PatternError(ValueError):
    """A pattern that RE2 does not read."""


@functools.lru_cache(maxsize=512)
def _compiled(pattern: str, *, is_folded: bool) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_BYTES
    options.case_sensitive = not is_folded
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        detail = error.args[0] if error.args else ""
        reason = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
        raise PatternError(reason or "it cannot be read") from error


def check_pattern(pattern: str) -> None:
    """Raise PatternError where a pattern cannot be read."""
    _compiled(pattern, is_folded=False)
    _compiled(pattern, is_folded=True)


def matches(pattern: str, text: str, *, is_folded: bool) -> bool:
    """Return whether a pattern covers a whole text."""
    return _compiled(pattern, is_folded=is_folded).fullmatch(text) is not None
