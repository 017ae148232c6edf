"""A session that is open in this process: commands in, events to disk, state out.

Every command is decided and on disk before `perform` returns, so what the screen shows is what would be found
after a crash.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from examengine.core.clock import Reading, seconds_between
from examengine.core.errors import StoreError
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.session import commands as cmd
from examengine.session.decide import Decision, decide
from examengine.session.events import Recorded
from examengine.session.state import SessionState, evolve, replay
from examengine.session.timing import TimeLeft, time_left
from examengine.store.session_lock import SessionLock
from examengine.store.session_store import SessionRow

PULSE_SECONDS = 0.5
"""How often a sign of life is written: a kill costs or grants at most this much."""
STALL_SECONDS = 5.0
"""Signs of life further apart than this mean that the process stood still."""
SLEEP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Busy:
    """The session is open in another process; it can be looked at."""

    row: SessionRow
    form: Form
    state: SessionState


class Sitting:
    """An open session; safe to use from several threads."""

    def __init__(
        self, services: Services, row: SessionRow, form: Form, journal: list[Recorded], lock: SessionLock
    ) -> None:
        self._services = services
        self._lock = lock
        self._mutex = threading.RLock()
        self._count = len(journal)
        self._listeners: list[Callable[[Decision], None]] = []
        self._stop = threading.Event()
        self._last_pulse: Reading | None = None
        self.row = row
        self.form = form
        self.state: SessionState = replay(form, journal)
        self._heart = threading.Thread(target=self._beat, name="pulse", daemon=True)

    @classmethod
    def open(cls, services: Services, session: str) -> "Sitting | Busy":
        """Take a session up in this process, or say that another one has it."""
        row = services.store.read_session(session)
        form = services.store.read_form(row.form_digest)
        lock = services.store.lock_session(row.id)
        journal = services.store.read_journal(row.id)
        if lock is None:
            return Busy(row, form, replay(form, journal))
        sitting = cls(services, row, form, journal, lock)
        try:
            if sitting.state.phase != "submitted":
                sitting.perform(cmd.OpenRun(last_alive=services.store.read_pulse(row.id)))
        except BaseException:
            lock.release()
            raise
        sitting._last_pulse = services.clock.read()
        sitting._heart.start()
        return sitting

    def perform(self, command: cmd.Command) -> Decision:
        """Decide a command and write its events; the state has moved on when this returns.

        Raises:
            StoreError: the disk refused; the state is what it was.
        """
        with self._mutex:
            now = self._services.clock.read()
            stall = self._stall_until(now)
            if stall is not None:
                self._apply(stall, now)
            decision = self._apply(command, now)
        if decision.events:
            for listener in list(self._listeners):
                listener(decision)
        return decision

    def now(self) -> Reading:
        """Return the time on the session's clock."""
        return self._services.clock.read()

    def time_left(self) -> TimeLeft:
        """Return the time left at this moment."""
        with self._mutex:
            return time_left(self.form, self.state, self._services.clock.read())

    def listen(self, listener: Callable[[Decision], None]) -> None:
        """Have a function called with every decision that brought events, on the thread that made it."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Leave the session in order; it can be resumed later."""
        self._stop.set()
        if self._heart.is_alive() and threading.current_thread() is not self._heart:
            self._heart.join()
        if self.state.is_run_open:
            self.perform(cmd.CloseRun())
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and issubclass(kind, StoreError):
            # The disk refuses: leave without a word, as a killed process would.
            self._stop.set()
            self._lock.release()
            return
        self.close()

    def _apply(self, command: cmd.Command, now: Reading) -> Decision:
        decision = decide(self.form, self.state, command, now)
        if not decision.events:
            return decision
        recorded = [Recorded(at=now, event=event) for event in decision.events]
        state = self.state
        for one in recorded:
            state = evolve(self.form, state, one)
        self._services.store.append(self.row.id, self._count, recorded, state.phase)
        self._count += len(recorded)
        self.state = state
        return decision

    def _stall_until(self, now: Reading) -> cmd.NoteStall | None:
        last, self._last_pulse = self._last_pulse, now
        if last is None or self.state.phase not in ("ready", "section") or not self.state.is_run_open:
            return None
        slept = now.asleep - last.asleep
        if slept > SLEEP_SECONDS:
            return cmd.NoteStall("asleep", slept)
        stood = seconds_between(last, now)
        if stood > STALL_SECONDS:
            return cmd.NoteStall("stopped", stood - PULSE_SECONDS)
        return None

    def _beat(self) -> None:
        while not self._stop.wait(PULSE_SECONDS):
            # A missed sign of life costs at most its own length; the next command reports the disk.
            with contextlib.suppress(StoreError):
                # Outside the mutex: listeners may wait for a thread that waits for a command of its own.
                self.perform(cmd.Tick())
                with self._mutex:
                    if self.state.phase == "submitted" or self._stop.is_set():
                        return
                    self._services.store.write_pulse(self.row.id, self._services.clock.read())
