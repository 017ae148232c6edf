"""Serves the screens to a browser on this machine: the same program, one process for each visitor.

Only who knows the address gets anything: a random token is its first part. Whoever can open the address can sit,
see and end the sessions of this account, so that the server listens on the loopback interface alone.
"""

import asyncio
import contextlib
import hmac
import secrets
import shlex
import signal
from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from examengine.core.errors import OperatorError

LOOPBACK = "127.0.0.1"
DRIVER = "examengine.tui.browser_driver:BrowserDriver"
_OWN_NAMES = frozenset({LOOPBACK, "localhost", "::1"})
"""Hosts under which the page may be asked for: a foreign name that leads here is an attack."""
_FONT_SIZES = range(8, 41)
_MOST_VISITORS = 8
_LONGEST_LINE = 1 << 20
_ENDING_SECONDS = 10.0
_PAGE = files("examengine.delivery.browser")
_THEIRS = Path(textual_serve.__file__).parent / "static"
_STATIC = {
    "xterm.css": (_THEIRS / "css/xterm.css", "text/css"),
    "textual.js": (_THEIRS / "js/textual.js", "text/javascript"),
    "RobotoMono.ttf": (_THEIRS / "fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "RobotoMono-Italic.ttf": (_THEIRS / "fonts/RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
    "page.css": (_PAGE / "page.css", "text/css"),
    "start.js": (_PAGE / "start.js", "text/javascript"),
}
"""Everything the page fetches; nothing comes from the network."""


class _Visitor(AppService):
    """The program of one visitor; its end, whatever the cause, closes the visitor's page."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return super()._build_environment(width, height) | {"TEXTUAL_DRIVER": DRIVER}

    async def run(self) -> None:
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def end(self) -> None:
        """Ask the program to leave, which closes its session in order; a program that hangs is killed."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stop(), _ENDING_SECONDS)
        process = self._process
        if process is not None and process.returncode is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _ENDING_SECONDS)
            if process.returncode is None:
                process.kill()
                await process.wait()


class ScreenServer:
    """Answers requests that carry the token."""

    def __init__(self, command: Sequence[str], token: str | None = None) -> None:
        """Serve what a command shows.

        Args:
            command: the program and its arguments, started anew for each visitor.
            token: the first part of the address; by default a random one of 256 bits.
        """
        self._command = f"exec {shlex.join(command)}"
        self.token = token or secrets.token_urlsafe(32)
        self._visitors: dict[web.WebSocketResponse, _Visitor] = {}
        self._downloads = DownloadManager()

    def application(self) -> web.Application:
        """Return the application: one way in, behind the checks."""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer_if_known)
        application.on_shutdown.append(self._close_visitors)
        return application

    async def _answer_if_known(self, request: web.Request) -> web.StreamResponse:
        host = _own_host(request.headers.get("Host", ""))
        if host is None:
            return _refused("This server answers only under its own name on this machine.")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            return _refused("This server answers only its own page.")
        given = request.path.split("/", 2)[1]
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return _refused("The address lacks the token; take the whole address that examengine serve printed.")
        response = await self._answer(request)
        if not response.prepared:
            response.headers.update(_headers(host))
        return response

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        rest = request.path.split("/", 2)[2:]
        if request.method != "GET":
            return web.Response(status=405, text="Only GET is answered here.\n")
        match rest:
            case []:
                return web.Response(status=302, headers={"Location": f"/{self.token}/"})
            case [""]:
                return self._page(request)
            case ["ws"]:
                return await self._visit(request)
        name = rest[0].removeprefix("static/")
        if not rest[0].startswith("static/") or name not in _STATIC:
            return web.Response(status=404, text="There is nothing here.\n")
        file, kind = _STATIC[name]
        return web.Response(body=file.read_bytes(), content_type=kind)

    def _page(self, request: web.Request) -> web.Response:
        size = _number(request.query.get("fontsize"), 16, _FONT_SIZES)
        socket = f"ws://{_own_host(request.headers['Host'])}/{self.token}/ws"
        page = Template((_PAGE / "page.html").read_text(encoding="utf-8"))
        text = page.substitute(socket=escape(socket, quote=True), font_size=size)
        return web.Response(text=text, content_type="text/html")

    async def _visit(self, request: web.Request) -> web.StreamResponse:
        if len(self._visitors) >= _MOST_VISITORS:
            return web.Response(status=503, text=f"{_MOST_VISITORS} windows are open already; close one.\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST_LINE)
        if not socket.can_prepare(request):
            return web.Response(status=400, text="This is the place of a web socket.\n")
        await socket.prepare(request)
        visitor = _Visitor(
            self._command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,  # type: ignore[arg-type]  # it says whether it was open, which nobody asks
            download_manager=self._downloads,
        )
        self._visitors[socket] = visitor
        try:
            columns = _number(request.query.get("width"), 80, range(1, 1000))
            lines = _number(request.query.get("height"), 24, range(1, 1000))
            await visitor.start(columns, lines)
            await _hand_over(socket, visitor)
        finally:
            try:
                # Also when this handler is cancelled: the program is never left behind.
                await asyncio.shield(visitor.end())
            finally:
                self._visitors.pop(socket, None)
        return socket

    async def _close_visitors(self, _application: web.Application) -> None:
        visitors = list(self._visitors.items())
        await asyncio.gather(*(visitor.end() for _socket, visitor in visitors))
        for socket, _visitor in visitors:
            await socket.close(code=WSCloseCode.GOING_AWAY)


def serve_screens(command: Sequence[str], port: int, announce: Callable[[str], None]) -> None:
    """Serve until an interrupt, a termination or a hang-up comes; then end every visitor's program in order.

    Args:
        command: the program and its arguments.
        port: where to listen on the loopback interface; 0 takes a free one.
        announce: is given the address once it answers.

    Raises:
        OperatorError: the port cannot be used.
    """
    asyncio.run(_serve(ScreenServer(command), port, announce))


async def _serve(server: ScreenServer, port: int, announce: Callable[[str], None]) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    # The address holds the token, so that requests are not logged.
    runner = web.AppRunner(
        server.application(), access_log=None, handle_signals=False, shutdown_timeout=_ENDING_SECONDS
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port)
        try:
            await site.start()
        except OSError as error:
            hint = "choose another with --port, or leave it out for a free one"
            raise OperatorError(f"port {port} cannot be used: {error.strerror}", hint=hint) from error
        bound = runner.addresses[0][1]
        announce(f"http://{LOOPBACK}:{bound}/{server.token}/")
        await ended.wait()
    finally:
        await runner.cleanup()


async def _hand_over(socket: web.WebSocketResponse, visitor: _Visitor) -> None:
    """Pass on what the page sends, until one of the two is gone; what is malformed is passed over."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        with contextlib.suppress(ValueError, TypeError, KeyError, IndexError, AttributeError):
            kind, *rest = message.json()
            match kind:
                case "stdin":
                    await visitor.send_bytes(rest[0].encode("utf-8", "replace"))
                case "resize":
                    size = rest[0]
                    await visitor.set_terminal_size(
                        min(max(int(size["width"]), 1), 1000), min(max(int(size["height"]), 1), 1000)
                    )
                case "ping":
                    await socket.send_json(["pong", rest[0]])
                case "blur":
                    await visitor.blur()
                case "focus":
                    await visitor.focus()


def _own_host(header: str) -> str | None:
    """Return host and port as written in a header, if the host is this machine by one of its own names."""
    try:
        parts = urlsplit(f"//{header}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if name not in _OWN_NAMES or parts.netloc != header or "@" in header:
        return None
    shown = f"[{name}]" if ":" in name else name
    return shown if port is None else f"{shown}:{port}"


def _headers(host: str) -> dict[str, str]:
    """Return what keeps the page to itself and its address out of others' hands."""
    sources = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:"
    return {
        "Content-Security-Policy": f"{sources}; connect-src ws://{host}; frame-ancestors 'none'; base-uri 'none'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _refused(why: str) -> web.Response:
    return web.Response(status=403, text=f"{why}\n")


def _number(text: str | None, default: int, allowed: range) -> int:
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if number in allowed else default
