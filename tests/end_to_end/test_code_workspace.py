"""The code workspace in a real terminal: the person's own editor, and a real run that is stopped."""

import stat
import sys
import time
from pathlib import Path

import pytest

from builders import a_form, an_exercise, an_item, store_session
from end_to_end.terminal import Terminal
from examengine.delivery.services import Services
from examengine.session.events import FileEdited, SamplesRun
from examengine.session.state import SessionState, replay

ENDLESS = """import os
import subprocess
import sys


def double(x):
    if os.fork() == 0:
        while True:
            pass
    for step in range(10**9):
        print("step", step, flush=True)
        sum(range(10**6))
"""


def stored(home: Path, starter: str) -> str:
    services = Services(home=home)
    try:
        package = an_exercise(starter={"solution.py": starter}, limits={"seconds": 600})
        return store_session(services, a_form([package.item, an_item()]), [package])
    finally:
        services.close()


def on_disk(home: Path, session: str) -> tuple[SessionState, list]:
    services = Services(home=home)
    try:
        journal = services.store.read_journal(session)
        form = services.store.read_form(services.store.read_session(session).form_digest)
        return replay(form, journal), [one.event for one in journal]
    finally:
        services.close()


def an_editor(folder: Path, script: str) -> Path:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_the_persons_editor_gets_the_terminal_and_each_save_is_an_edit(
    tmp_path: Path, columns: int, lines: int
) -> None:
    home = tmp_path / "home"
    session = stored(home, "first\n")
    # It reads a line of its own, so the terminal must be its alone and in order.
    script = 'echo "EDITING $1"; read answer; echo "$answer" > "$1"; sleep 1; echo again >> "$1"; echo DONE; read more'
    editor = an_editor(tmp_path, script)
    with Terminal(["resume"], home=home, columns=columns, lines=lines, more={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("first")
        terminal.type("x")
        terminal.wait_for("xfirst")
        terminal.type("\x1be")
        assert "solution.py" in terminal.wait_for("EDITING")
        terminal.type("typed\n")
        terminal.wait_for("DONE")
        terminal.type("\n")
        terminal.wait_for(lambda text: "typed" in text and "again" in text and "item 1 of 2" in text)
        terminal.press("ctrl+k")
        terminal.wait_for(lambda text: "typed" not in text or "again" not in text)
        terminal.press("ctrl+q")
        terminal.wait_for("y ")
        terminal.press("y")
        terminal.wait_for("History")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    state, events = on_disk(home, session)
    edits = [one.edit for one in events if isinstance(one, FileEdited)]
    assert len(edits) == 4
    text = "first\n"
    texts = []
    for edit in edits:
        text = edit.apply(text)
        texts.append(text)
    assert texts[:3] == ["xfirst\n", "typed\n", "typed\nagain\n"]
    assert state.responses[1]["files"]["solution.py"] == text


def test_an_editor_that_is_killed_leaves_the_exam_as_it_was(tmp_path: Path) -> None:
    home = tmp_path / "home"
    session = stored(home, "first\n")
    editor = an_editor(tmp_path, "kill -9 $$")
    with Terminal(["resume"], home=home, columns=120, lines=40, more={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("first")
        terminal.type("\x1be")
        terminal.wait_for("was ended by signal 9")
        terminal.type("x")
        terminal.wait_for("xfirst")
    assert on_disk(home, session)[0].responses[1]["files"]["solution.py"] == "xfirst\n"


def descendants(root: int) -> set[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                status = (entry / "stat").read_text()
            except OSError:
                continue
            fields = status.rsplit(")", 1)[1].split()
            if fields[0] != "Z":
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found: set[int] = set()
    left = [root]
    while left:
        children = parents.get(left.pop(), [])
        found.update(children)
        left += children
    return found


def settled(root: int) -> set[int]:
    """Return the processes below one, once they stay the same: some are made ready for the next run."""
    last: set[int] = set()
    since = give_up = time.monotonic()
    give_up += 20
    while time.monotonic() - since < 1 and time.monotonic() < give_up:
        now = descendants(root)
        if now != last:
            last, since = now, time.monotonic()
        time.sleep(0.05)  # nothing tells of the end of a process of others
    return last


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_real_run_streams_and_the_stop_key_leaves_nothing_running(tmp_path: Path) -> None:
    home = tmp_path / "home"
    session = stored(home, ENDLESS)
    with Terminal(["resume"], home=home, columns=120, lines=40) as terminal:
        terminal.wait_for("def double")
        terminal.type("\x1bs")
        terminal.wait_for("Scratch cell tries your code")
        terminal.type("1 + 1")
        terminal.type("\x1br")
        terminal.wait_for("Scratch cell: done")
        idle = settled(terminal.process_id)
        terminal.press("f5")
        terminal.wait_for("step 3")
        assert len(descendants(terminal.process_id)) > len(idle) or not descendants(terminal.process_id) <= idle
        terminal.type("\x1bh")
        terminal.wait_for("Stopped after")
        assert len(settled(terminal.process_id)) <= len(idle)
    state, events = on_disk(home, session)
    assert state.scratch[1].endswith("1 + 1")
    assert state.responses == {}
    assert not [one for one in events if isinstance(one, SamplesRun)]
