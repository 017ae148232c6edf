"""Awaitables of this side, run for the other side in an event loop of their own thread."""

import asyncio
import concurrent.futures
import threading
from typing import Any, Final

_FIRST_WAIT: Final = 0.003
_WAIT: Final = 0.002

State = tuple[bool | None, Any]
"""(None, None) while it runs; (True, its value); (False, its exception)."""


class Loop:
    """One event loop in a thread, started when the first awaitable comes."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: dict[int, tuple[Any, concurrent.futures.Future[Any]]] = {}

    def start(self, awaitable: Any) -> State:
        """Start an awaitable; wait a moment, for many end at once."""
        future = asyncio.run_coroutine_threadsafe(_awaited(awaitable), self._started())
        self._running[id(awaitable)] = (awaitable, future)
        return self._state(awaitable, _FIRST_WAIT)

    def poll(self, awaitable: Any) -> State:
        """Tell how far an awaitable has come."""
        return self._state(awaitable, _WAIT)

    def _state(self, awaitable: Any, seconds: float) -> State:
        entry = self._running.get(id(awaitable))
        if entry is None:
            return (False, RuntimeError("cannot reuse already awaited coroutine"))
        future = entry[1]
        try:
            concurrent.futures.wait([future], timeout=seconds)
            if not future.done():
                return (None, None)
            del self._running[id(awaitable)]
            error = future.exception()
        except concurrent.futures.CancelledError:
            return (False, asyncio.CancelledError())
        return (False, error) if error is not None else (True, future.result())

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, daemon=True).start()
        return self._loop


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
