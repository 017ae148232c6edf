"""What is refused before it runs, with one sentence each; and what is not refused."""

import pytest

from examengine.grading.intake import FILE_BYTES, check

GOOD = b"def f():\n    return 1\n"


def told(content, **more):
    refusal = check({"solution.py": content, **more}, "solution")
    return refusal.message if refusal else None


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"",
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        b"# -*- coding: utf-8 -*-\n" + GOOD,
        b"#!/usr/bin/env python\n# vim: set fileencoding=UTF8 :\n" + GOOD,
        b"# coding: latin-1\nname = 'caf\xe9'\n",
        "grüße = 'ñ'\n".encode(),
        b"x = 1\n# coding: klingon\n",
        b"def broken(:\n",
    ],
)
def test_ordinary_and_merely_wrong_text_is_taken(content):
    assert told(content) is None


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"a\x00b", "NUL"),
        (b"x = 'caf\xe9'\n", "UTF-8"),
        (b"# coding: rot13\n" + GOOD, "rot13"),
        (b"# coding: klingon\n" + GOOD, "klingon"),
        (b"# coding: utf-7\n" + GOOD, "utf-7"),
        (b"# coding: unicode_escape\n" + GOOD, "unicode_escape"),
        (b"\n# coding: idna\n" + GOOD, "idna"),
        (b"# coding: hex\n" + GOOD, "hex"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (b"#" * (FILE_BYTES + 1), "larger"),
    ],
)
def test_what_cannot_be_source_is_refused_in_a_sentence(content, word):
    message = told(content)

    assert message is not None
    assert word in message
    assert message.endswith(".")


def test_the_line_of_a_bad_byte_is_named():
    assert "line 3" in told(b"a = 1\nb = 2\nc = '\xff'\n")


def test_every_source_file_is_looked_at():
    assert "extra.py" in told(GOOD, **{"extra.py": b"\x00"})
    assert told(GOOD, **{"picture.bin": b"\x00\xff"}) is None


def test_a_submission_without_its_module_is_refused():
    assert "solution.py" in check({"other.py": GOOD}, "solution").message
    assert check({"solution/__init__.py": GOOD}, "solution") is None


def test_too_many_files_are_refused():
    many = {f"part{n}.py": b"" for n in range(600)}

    assert "files" in told(GOOD, **many)
