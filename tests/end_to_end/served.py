"""`examengine serve` as a process, and a visitor in headless Chromium: real clicks, real keys, what they see."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyte
import pytest

from end_to_end.short_form import BANK
from end_to_end.terminal import UNKNOWN_TO_PYTE
from seeded_cache import seed_home

CHROMIUM = Path("/usr/bin/chromium")
_LONGEST_WAIT_SECONDS = 60.0


class Served:
    """The server, with the address that it printed."""

    def __init__(self, home: Path, *arguments: str) -> None:
        seed_home(home)
        kept = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "examengine", "--banks", str(BANK), "serve", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=kept | {"EXAMENGINE_HOME": str(home)},
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        parts = urlsplit(self.address)
        assert parts.hostname == "127.0.0.1", self.address
        self.port, self.path = parts.port or 0, parts.path

    def children(self) -> list[int]:
        """Return the ids of the visitors' programs."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]

    def interrupt(self) -> str:
        """Press ctrl-c; return what was said, once the server has ended well."""
        self.process.send_signal(signal.SIGINT)
        _out, said = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, said
        return said


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[Served]:
    """Serve, and end whatever is left of it."""
    server = Served(home, *arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        server.process.communicate(timeout=60)


class Visitor:
    """A page on the screens. The terminal draws on a canvas, so that what it shows is read off its web socket."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._received_count = 0
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        query = parse_qs(urlsplit(socket.url).query)
        self._screen = pyte.Screen(int(query["width"][0]), int(query["height"][0]))
        self._stream = pyte.ByteStream(self._screen)
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self._received_count += 1
            self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", payload))

    def _sent(self, payload: str | bytes) -> None:
        kind, *rest = json.loads(payload)
        if kind == "resize":
            self._screen.resize(rest[0]["height"], rest[0]["width"])

    def text(self) -> str:
        """Return the screen as it stands."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: str | Callable[[str], bool]) -> str:
        """Wait until the screen shows a text or fits; return the screen."""
        fits = wanted if callable(wanted) else lambda text: " ".join(wanted.split()) in " ".join(text.split())
        deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
        while not fits(self.text()):
            assert time.monotonic() < deadline, f"never shown: {wanted}\n{self.text()}"
            self.page.wait_for_timeout(30)
        return self.text()

    def rest(self) -> None:
        """Wait until nothing is drawn any more: what is aimed at then stays where it is."""
        before = -1
        while before != self._received_count:
            before = self._received_count
            self.page.wait_for_timeout(250)

    def press(self, *keys: str) -> None:
        """Press keys, by Playwright's names."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)

    def click(self, wanted: str) -> None:
        """Click the first place where a text stands."""
        self.wait_for(wanted)
        self.rest()
        lines = self._screen.display
        row = next(number for number, line in enumerate(lines) if wanted in line)
        column = lines[row].index(wanted) + len(wanted) / 2
        box = self.page.locator(".xterm-screen").bounding_box()
        self.page.mouse.click(
            box["x"] + column * box["width"] / self._screen.columns,
            box["y"] + (row + 0.5) * box["height"] / self._screen.lines,
        )


@pytest.fixture
def chromium() -> Iterator[Any]:
    """Return a headless browser."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}: the screens in a browser are not tested here.")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is missing (make test installs it): no browser can be driven here."
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def visit(chromium: Any, address: str, width: int = 1000, height: int = 640) -> Visitor:
    """Open the address in a window of its own."""
    visitor = Visitor(chromium.new_page(viewport={"width": width, "height": height}))
    visitor.page.goto(address)
    return visitor
