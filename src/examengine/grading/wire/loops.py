"""Awaitables of this side, run for the other side in an event loop of their own thread."""

import asyncio
import concurrent.futures
import threading
from typing import Any, Final

_FIRST_WAIT: Final = 0.003
_WAIT: Final = 0.002

State = tuple[bool | None, Any]
"""(None, None) while it runs; (True, its value); (False, its exception)."""


class _Running:
    """One awaitable on its way."""

    def __init__(self, awaitable: Any) -> None:
        self.awaitable = awaitable
        self.ended: concurrent.futures.Future[Any] = concurrent.futures.Future()
        self.task: asyncio.Task[Any] | None = None

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.task = loop.create_task(_awaited(self.awaitable))
        self.task.add_done_callback(self._note)

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _note(self, task: "asyncio.Task[Any]") -> None:
        if task.cancelled():
            self.ended.set_exception(asyncio.CancelledError())
            return
        error = task.exception()
        if error is None:
            self.ended.set_result(task.result())
        else:
            self.ended.set_exception(error)


class Loop:
    """One event loop in a thread, started when the first awaitable comes."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: dict[int, _Running] = {}

    def start(self, awaitable: Any) -> State:
        """Start an awaitable; wait a moment, for many end at once."""
        loop = self._started()
        running = self._running[id(awaitable)] = _Running(awaitable)
        loop.call_soon_threadsafe(running.begin, loop)
        return self._state(awaitable, _FIRST_WAIT)

    def poll(self, awaitable: Any) -> State:
        """Tell how far an awaitable has come."""
        # An event or a queue that a call has set from another thread does not wake the loop by itself.
        self._started().call_soon_threadsafe(_look_around)
        return self._state(awaitable, _WAIT)

    def cancel(self, awaitable: Any) -> State:
        """Cancel an awaitable as `Task.cancel` would: it may still clean up, or refuse."""
        running = self._running.get(id(awaitable))
        if running is not None:
            self._started().call_soon_threadsafe(running.cancel)
        return self._state(awaitable, _WAIT)

    def _state(self, awaitable: Any, seconds: float) -> State:
        running = self._running.get(id(awaitable))
        if running is None:
            return (False, RuntimeError("cannot reuse already awaited coroutine"))
        concurrent.futures.wait([running.ended], timeout=seconds)
        if not running.ended.done():
            return (None, None)
        del self._running[id(awaitable)]
        error = running.ended.exception()
        return (False, error) if error is not None else (True, running.ended.result())

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, daemon=True).start()
        return self._loop


def _look_around() -> None:
    """Let the loop find what has become ready."""


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
