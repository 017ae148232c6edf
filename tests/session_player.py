"""Plays commands against a form on a fake clock."""

from examengine.forms.form import Form
from examengine.session import commands as cmd
from examengine.session.decide import decide
from examengine.session.events import Recorded
from examengine.session.state import SessionState, evolve
from examengine.session.timing import time_left
from fakes.clock import FakeClock


class Player:
    """Plays commands against a form on a fake clock, keeping the journal."""

    def __init__(self, form: Form, clock: FakeClock, multiplier: float = 1.0) -> None:
        self.form, self.clock = form, clock
        self.state = SessionState()
        self.journal: list[Recorded] = []
        self.do(cmd.Start("digest", multiplier))
        self.do(cmd.OpenRun(None))

    def do(self, command: cmd.Command):
        now = self.clock.read()
        decision = decide(self.form, self.state, command, now)
        for event in decision.events:
            self.journal.append(Recorded(at=now, event=event))
            self.state = evolve(self.form, self.state, self.journal[-1])
        return decision

    def left(self):
        return time_left(self.form, self.state, self.clock.read())
