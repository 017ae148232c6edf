"""The submission as it comes in: bounded sizes, and text that Python would read.

What is refused here gets one clear sentence instead of a failure inside the interpreter.
"""

import codecs
import re
from typing import NamedTuple

FILE_BYTES = 2 * 1024 * 1024
"""The largest source file taken."""
TOTAL_BYTES = 64 * 1024 * 1024
FILES = 500

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_TEXT_CODECS = {
    "ascii",
    "cp1250",
    "cp1251",
    "cp1252",
    "cp437",
    "cp850",
    "iso8859-1",
    "iso8859-15",
    "iso8859-2",
    "koi8-r",
    "mac-roman",
    "utf-8",
    "utf-8-sig",
}


class Refusal(NamedTuple):
    """Why a submission is not run: one sentence for the candidate."""

    message: str


def _declared_codec(text: bytes) -> str | None:
    """Return the encoding that one of the first two lines names, as Python looks for it."""
    for line in re.split(rb"\r\n|\r|\n", text[:4096], maxsplit=2)[:2]:
        found = _CODING.match(line)
        if found:
            return found.group(1).decode("ascii")
        if not _BLANK.match(line):
            return None
    return None


def _check_source(name: str, text: bytes) -> Refusal | None:
    if len(text) > FILE_BYTES:
        return Refusal(f"{name} is larger than {FILE_BYTES // 1024} KiB.")
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Refusal(f"{name} is saved as UTF-16; save it as UTF-8.")
    if b"\x00" in text:
        line = text[: text.index(b"\x00")].count(b"\n") + 1
        return Refusal(f"{name} holds a NUL byte in line {line}: it is not a text file.")
    declared = _declared_codec(text)
    codec = "utf-8"
    if declared is not None:
        try:
            codec = codecs.lookup(declared).name
        except (LookupError, ValueError):
            return Refusal(f"{name} names the encoding {declared!r}, which does not exist; save it as UTF-8.")
        if codec not in _TEXT_CODECS:
            return Refusal(
                f"{name} names the encoding {declared!r}, which is not taken for source text; "
                "remove the coding line and save the file as UTF-8."
            )
    try:
        text.decode(codec)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        return Refusal(
            f"{name} is not valid {codec.upper()}: byte 0x{text[error.start]:02x} in line {line}; save it as UTF-8."
        )
    return None


def check(submission: dict[str, bytes], module: str) -> Refusal | None:
    """Return why this submission cannot be run, or None where it can be tried."""
    if f"{module}.py" not in submission and f"{module}/__init__.py" not in submission:
        return Refusal(f"There is no {module}.py among the submitted files.")
    if len(submission) > FILES:
        return Refusal(f"There are {len(submission)} files; at most {FILES} are taken.")
    if sum(map(len, submission.values())) > TOTAL_BYTES:
        return Refusal(f"The files are larger than {TOTAL_BYTES // 1024 // 1024} MiB together.")
    for name in sorted(submission):
        if name.endswith(".py"):
            refusal = _check_source(name, submission[name])
            if refusal is not None:
                return refusal
    return None
