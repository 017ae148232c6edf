"""`examengine serve`: a short exam in headless Chromium, and a server that answers nobody else."""

import http.client
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from end_to_end.served import Served, chromium, served, visit
from end_to_end.short_form import BANK, SOLUTION, right_letters
from end_to_end.test_lines import environment
from examengine.delivery.services import Services
from examengine.itemtypes.registry import spec_of
from examengine.session.state import SessionState, replay

__all__ = ["chromium"]


def on_disk(home: Path):
    """Return the newest session's row, form, state and journal as another process finds them."""
    services = Services(home=home)
    try:
        row = services.store.list_sessions()[0]
        form, journal = services.store.read_form(row.form_digest), services.store.read_journal(row.id)
        return row, form, replay(form, journal), journal
    finally:
        services.close()


def is_right(state: SessionState, entry) -> bool:
    if entry.item.type == "numeric":
        return state.responses[entry.number] == {"text": "0.75"}
    spec = spec_of(entry.item)
    response = spec.response_model.model_validate(state.responses[entry.number])
    return response == spec.correct_response(entry.item)


def answer(visitor, entry) -> None:
    """Answer rightly: one option by a click, several by keys, a number by typing it."""
    visitor.wait_for(f"item {entry.number} of 4")
    if entry.item.type == "numeric":
        visitor.type("0.75")
        visitor.wait_for("Read as 0.75")
        return
    for letter in right_letters(entry):
        if entry.item.type == "multiple_choice":
            visitor.click(f"( ) {letter} ")
        else:
            visitor.press(letter.lower())
        visitor.wait_for(lambda text, letter=letter: re.search(rf"[(\[][●x][)\]] {letter} ", text) is not None)


def begin(visitor):
    visitor.click("Short exam")
    visitor.click("Begin")
    visitor.wait_for("Begin the section")
    visitor.press("Enter")
    visitor.wait_for("item 1 of 4")


def test_a_short_exam_is_sat_in_a_browser_by_clicks_and_keys(tmp_path: Path, chromium) -> None:
    with served(tmp_path) as server:
        visitor = visit(chromium, server.address)
        begin(visitor)
        _row, form, state, _journal = on_disk(tmp_path)
        for entry in form.entries[:3]:
            answer(visitor, entry)
            state = on_disk(tmp_path)[2]
            assert is_right(state, entry), state.responses
            visitor.click("Next")
        visitor.wait_for("3 of 3 answered")
        visitor.press("F9")
        visitor.wait_for("Leave it for good")
        visitor.press("y")
        visitor.wait_for("Questions: closed")
        visitor.press("Enter")
        visitor.wait_for("raise NotImplementedError")
        visitor.press("ArrowDown", "ArrowDown")
        visitor.type("def running_total(numbers):")
        visitor.press("Enter")
        visitor.type(SOLUTION)
        visitor.wait_for(SOLUTION[-12:])  # the editor follows the cursor to the right
        visitor.press("F9")
        visitor.wait_for("1 of 1 answered")
        visitor.press("F9")
        visitor.wait_for("y ")
        visitor.press("y")
        visitor.wait_for("PASS 1000 on a scale of 0 to 1000")
        visitor.wait_for("25 of 25 points (100.0 %)")
        row, form, state, _journal = on_disk(tmp_path)
        assert row.phase == "submitted"
        assert SOLUTION in state.responses[4]["files"]["solution.py"]
        assert all(is_right(state, entry) for entry in form.entries[:3])

        # Nothing was fetched from anywhere else, and nothing went wrong in the page.
        assert {url.split("/")[2] for url in visitor.requests} == {f"127.0.0.1:{server.port}"}
        assert visitor.errors == []
        (program,) = server.children()
        visitor.press("Control+q")
        visitor.page.wait_for_selector("body.-closed")
        assert "can be resumed" in visitor.page.locator(".closed-dialog").inner_text()
        wait_until_gone(program)
        assert "resume" in server.interrupt()


@pytest.mark.parametrize(
    "end", [pytest.param("window", marks=pytest.mark.slow), pytest.param("server", marks=pytest.mark.slow), "kill"]
)
def test_a_closed_window_and_an_ended_server_leave_the_session_to_be_resumed(
    tmp_path: Path, chromium, end: str
) -> None:
    with served(tmp_path) as server:
        visitor = visit(chromium, server.address)
        begin(visitor)
        form = on_disk(tmp_path)[1]
        answer(visitor, form.entries[0])
        (program,) = server.children()
        if end == "window":
            visitor.page.close()
        elif end == "server":
            server.interrupt()
        else:
            # Nobody tells the visitor's program: it must notice by itself, and let its session go.
            server.process.kill()
        wait_until_gone(program)
    row, form, state, journal = on_disk(tmp_path)
    assert row.phase == "section"
    assert is_right(state, form.entries[0])
    assert journal[-1].event.kind == "run_closed"

    with served(tmp_path) as server:
        again = visit(chromium, server.address, width=820, height=500)
        again.wait_for("Short exam")
        again.press("Enter")
        text = again.wait_for("item 1 of 4")
        for letter in right_letters(form.entries[0]) if form.entries[0].order else []:
            assert re.search(rf"[(\[][●x][)\]] {letter} ", text), text


def wait_until_gone(process: int) -> None:
    """Wait for the end of a process that is not ours, or only a zombie of."""
    import time

    deadline = time.monotonic() + 60
    while Path(f"/proc/{process}/status").exists():
        if "State:\tZ" in Path(f"/proc/{process}/status").read_text(encoding="utf-8"):
            return
        assert time.monotonic() < deadline, "the visitor's program is still there"
        time.sleep(0.05)


def asked(server: Served, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        return answer
    finally:
        connection.close()


_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_who_lacks_the_token_gets_nothing(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        token = server.path.strip("/")
        assert len(token) >= 40
        almost = token[:-1] + ("A" if token[-1] != "A" else "B")
        for path in ("/", "/ws", "/static/textual.js", f"/{almost}/", f"/{almost}/static/page.css", f"/x/../{token}x/"):
            assert asked(server, path).status == 403, path
        for path in ("/ws", f"/{almost}/ws", f"/?token={token}"):
            assert asked(server, path, **_UPGRADE).status == 403, path
        # A foreign name that leads to this machine, and a foreign page that knows the address.
        for host in (
            "attacker.example",
            f"attacker.example:{server.port}",
            "127.0.0.1.attacker.example",
            "a@127.0.0.1",
        ):
            assert asked(server, server.path, Host=host).status == 403, host
            assert asked(server, f"{server.path}ws", Host=host, **_UPGRADE).status == 403, host
        for origin in ("http://attacker.example", "null", "http://127.0.0.1:1"):
            assert asked(server, f"{server.path}ws", Origin=origin, **_UPGRADE).status == 403, origin
        assert server.children() == []

        page = asked(server, server.path)
        assert page.status == 200
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert b"http:" not in page.body and b"https:" not in page.body  # type: ignore[attr-defined]
        assert asked(server, server.path, Host=f"localhost:{server.port}").status == 200
        assert asked(server, f"{server.path}static/../../etc/passwd").status == 404
        assert asked(server, f"{server.path}static/%2e%2e/serve_screens.py").status == 404
        assert asked(server, f"{server.path}ws").status == 400
        server.interrupt()


def test_the_address_is_no_ones_to_read_but_the_callers(tmp_path: Path, monkeypatch) -> None:
    """The browser is opened by way of a file of this account: command lines are public on a shared machine."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}.part\nmv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    home = tmp_path / "home"
    with served(home, "--open") as server:
        while not opened.exists():
            assert server.process.poll() is None
        name = opened.read_text(encoding="utf-8")
        assert server.path.strip("/") not in name
        file = Path(name.removeprefix("file://"))
        assert server.address in file.read_text(encoding="utf-8")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        server.interrupt()
        assert not file.exists()


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        other = subprocess.run(
            [sys.executable, "-m", "examengine", "--banks", str(BANK), "serve", "--port", str(server.port)],
            capture_output=True, text=True, env=environment(tmp_path), timeout=60, check=False,
        )  # fmt: skip
    assert other.returncode == 3
    assert re.fullmatch(rf"error: port {server.port} cannot be used: .*; choose another with --port.*\n", other.stderr)


def test_a_missing_extra_is_told_in_a_sentence(tmp_path: Path) -> None:
    hidden = (
        "import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if 'serve' in n else f(n, *a)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"{hidden}; from examengine.cli.main import main; main(['serve'])"],
        capture_output=True, text=True, env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 3
    assert ended.stderr == "error: the browser needs a package that is missing; pip install 'examengine[web]'\n"
