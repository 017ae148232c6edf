"""Shows the screens in a browser: what the server's pipe brings in, and the end when the server is gone."""

import asyncio

from textual import messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Textual's own driver for browsers; it also leaves when nobody can send keys any more.

    Without that a program whose server was killed would hold its session for ever.
    """

    def start_application_mode(self) -> None:
        """Begin, and remember where the end is to be told."""
        self._ended_in = asyncio.get_running_loop()
        super().start_application_mode()

    def run_input_thread(self) -> None:
        """Read keys until there are none any more, then leave."""
        super().run_input_thread()
        if not self.exit_event.is_set() and not self._ended_in.is_closed():
            asyncio.run_coroutine_threadsafe(self._app._post_message(messages.ExitApp()), self._ended_in)  # noqa: SLF001 - as Textual's own drivers do
