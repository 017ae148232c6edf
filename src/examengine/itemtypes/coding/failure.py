"""A failed test's message, taken apart for reading: what was called, what was expected, what came."""

import re

_GAVE = re.compile(r"(?P<call>.+?) gave (?P<got>.*), expected (?P<expected>.*)", re.DOTALL)
_RAISED = re.compile(r"(?P<call>.+?\)) raised (?P<got>.*)", re.DOTALL)
_HOLDS = re.compile(
    r"(?:(?P<note>.*): )?expected (?P<expected>.*?)(?: \(after (?P<call>.+\))\))?, which does not hold", re.DOTALL
)


def failure_rows(message: str) -> list[tuple[str, str]]:
    """Return a message as rows of label and text; one row without a label where it says something else.

    Nothing of the message is left out but the words between its parts.
    """
    found = _GAVE.fullmatch(message)
    if found is not None:
        return [("input", found["call"]), ("expected", found["expected"]), ("got", found["got"])]
    found = _HOLDS.fullmatch(message)
    if found is not None:
        rows = [("says", found["note"]), ("input", found["call"]), ("expected", found["expected"])]
        return [*((label, text) for label, text in rows if text), ("got", "something for which that does not hold")]
    found = _RAISED.fullmatch(message)
    if found is not None:
        return [("input", found["call"]), ("got", f"raised {found['got']}")]
    return [("", message)]


def place_of_test(source: str, test: str) -> int | None:
    """Return the row, from 0, where a test of a file is defined; `test` is its id as pytest writes it."""
    name = test.rsplit("::", maxsplit=1)[-1].split("[", 1)[0]
    pattern = re.compile(rf"\s*(?:async\s+)?def\s+{re.escape(name)}\s*\(")
    return next((row for row, line in enumerate(source.splitlines()) if pattern.match(line)), None)
