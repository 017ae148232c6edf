"""The profile for macOS, as far as it can be checked elsewhere."""

import re
import sys

import pytest

from examengine.grading.sandbox import seatbelt


def made(**over):
    return seatbelt.profile(**{"readable": ["/usr/lib"], "writable": ["/tmp/job"], "links": False, **over})


def test_everything_is_denied_first():
    assert made().splitlines()[:2] == ["(version 1)", "(deny default)"]


def test_neither_network_nor_processes_are_ever_allowed():
    allowed = [line for line in made().splitlines() if line.startswith("(allow")]

    assert not [line for line in allowed if "network" in line or "process-fork" in line]
    assert not [line for line in allowed if "process-exec" in line or "mach-" in line]


def test_only_the_writable_folders_are_writable():
    writing = [line for line in made().splitlines() if re.search(r"allow .*file-write\*", line)]

    assert len(writing) == 1
    assert '(subpath "' in writing[0]
    assert 'job")' in writing[0]


def test_links_are_denied_to_the_candidate_alone():
    assert "SYMLINK" in made()
    assert "SYMLINK" not in made(links=True)


def test_quotes_in_a_path_cannot_end_the_string(tmp_path):
    folder = tmp_path / 'a")(allow network*)("b'
    folder.mkdir()

    text = made(writable=[str(folder)])

    assert "\n(allow network" not in text
    assert text.count("(") == text.count(")")
    assert '\\"' in text


def test_other_systems_refuse_to_enter_it():
    if sys.platform == "darwin":
        pytest.skip("would confine the test run")
    with pytest.raises(OSError, match="macOS"):
        seatbelt.enter(made())
