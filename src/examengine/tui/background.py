"""Work that blocks, off the screens' thread."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from textual.message_pump import MessagePump

from examengine.core.errors import ExamEngineError

T = TypeVar("T")


class Background:
    """Runs work in threads that never hold up the end of the program."""

    def __init__(self) -> None:
        self._running = 0
        self.idle = asyncio.Event()
        self.idle.set()

    def run(
        self,
        owner: MessagePump,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[ExamEngineError], object],
    ) -> None:
        """Do work in a thread, then call `done` or `failed` on the owner's side, unless it is gone by then.

        An error that is not of our tree is a fault and ends the program.
        """
        # Taken now: a screen that is left meanwhile knows no app any more.
        app = owner.app
        self._running += 1
        self.idle.clear()

        def finish(then: Callable[[], object]) -> None:
            self._running -= 1
            if self._running == 0:
                self.idle.set()
            if owner.is_running:
                then()

        def fault(error: BaseException) -> None:
            raise error

        def run() -> None:
            then: Callable[[], object]
            try:
                value = work()
                then = lambda: done(value)  # noqa: E731 - the two ways out have one type
            except ExamEngineError as error:
                kept = error
                then = lambda: failed(kept)  # noqa: E731
            except BaseException as error:  # noqa: BLE001 - handed over to the screens' thread
                fallen = error
                then = lambda: fault(fallen)  # noqa: E731
            with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
                app.call_later(finish, then)

        threading.Thread(target=run, name="screen-work", daemon=True).start()
