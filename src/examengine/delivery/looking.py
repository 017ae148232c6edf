"""A session that another process holds: it can be looked at, and nothing else."""

from dataclasses import replace

from examengine.core.clock import Reading
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy
from examengine.session import commands as cmd
from examengine.session.decide import Decision, Refusal
from examengine.session.state import replay
from examengine.session.timing import TimeLeft, time_left

_REFUSAL = Refusal("look-only", "This session is open in another window; here you can only look.")


class Looking:
    """Has the face of a sitting, but every command is refused, save looking at another item."""

    def __init__(self, services: Services, busy: Busy) -> None:
        self._services = services
        self._at: int | None = busy.state.current
        self.row = busy.row
        self.form = busy.form
        self.state = busy.state

    def refresh(self) -> None:
        """Read what the other process has written meanwhile."""
        state = replay(self.form, self._services.store.read_journal(self.row.id))
        self.state = replace(state, current=self._at or state.current)

    def perform(self, command: cmd.Command) -> Decision:
        """Look at another item of what is there; refuse everything else."""
        self.refresh()
        if isinstance(command, cmd.Show) and 1 <= command.number <= len(self.form.entries):
            self._at = command.number
            self.state = replace(self.state, current=self._at)
            return Decision()
        return Decision() if isinstance(command, cmd.Tick | cmd.CloseRun) else Decision(refusal=_REFUSAL)

    def now(self) -> Reading:
        """Return the time on the session's clock."""
        return self._services.clock.read()

    def time_left(self) -> TimeLeft:
        """Return the time left at this moment."""
        return time_left(self.form, self.state, self._services.clock.read())

    def close(self) -> None:
        """Stop looking; nothing is held."""
