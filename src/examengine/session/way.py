"""The way through a session: where its time went, stay by stay, and which answers stood when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from examengine.core.clock import Reading
from examengine.forms.form import Form
from examengine.itemtypes.registry import spec_of
from examengine.session import events as ev
from examengine.session.events import Recorded
from examengine.session.state import SessionState, evolve

StayKind = Literal["item", "between", "charged"]
"""item: an item was on the screen. between: none was. charged: time of a gap or break that counts all the same."""

_NOTHING = 1e-9
"""Seconds that are but the rounding of a difference."""
SETTLED_SECONDS = 10.0
"""An answer that stood for so long was meant, even where it was replaced before the item was left."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of the session's time spent at one place; in seconds of the session's clock."""

    kind: StayKind
    number: int | None
    """The item on the screen."""
    section: str | None
    at: Reading
    """When it began."""
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A full response that stood: when its item was left or checked, or long enough to have been meant."""

    number: int
    given: float
    """Session clock when it was given."""
    response: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """Stays in order, and the answers of each item in order, those to a first attempt alone.

    The seconds of all stays add up to the time used.
    """

    stays: tuple[Stay, ...]
    answers: tuple[Answer, ...]


def way_through(form: Form, journal: Iterable[Recorded]) -> Way:
    """Return the way that a journal tells of."""
    state = SessionState()
    stays: list[Stay] = []
    book = _AnswerBook(form)
    for recorded in journal:
        before, state = state, evolve(form, state, recorded)
        for stay in _stays_between(before, state, recorded):
            _append(stays, stay)
        book.take(before, state, recorded)
    for number in sorted(state.responses):
        book.note(state, number)
    return Way(tuple(stays), tuple(sorted(book.answers, key=lambda answer: answer.given)))


def _stays_between(before: SessionState, after: SessionState, recorded: Recorded) -> Iterable[Stay]:
    """Yield where the time between two events went: to the item that was on the screen, and the rest."""
    passed = after.used - before.used
    number = before.current
    own = 0.0
    if number is not None:
        own = after.item_used.get(number, 0.0) - before.item_used.get(number, 0.0)
    at = before.anchor or recorded.at
    if number is not None and abs(own) > _NOTHING:
        yield Stay("item", number, before.section, at, before.used, own)
    rest = passed - own
    if abs(rest) > _NOTHING:
        is_charged = number is not None or before.pause is not None or isinstance(recorded.event, ev.RunOpened)
        kind: StayKind = "charged" if is_charged else "between"
        yield Stay(kind, None, before.section, at, before.used + own, rest)
    event = recorded.event
    if isinstance(event, ev.ItemShown):
        # So that an item which was shown for no time at all has its place in the way.
        yield Stay("item", event.number, after.section, recorded.at, after.used, 0.0)


def _append(stays: list[Stay], stay: Stay) -> None:
    last = stays[-1] if stays else None
    if last is not None and (last.kind, last.number, last.section) == (stay.kind, stay.number, stay.section):
        stays[-1] = replace(last, seconds=last.seconds + stay.seconds)
    else:
        stays.append(stay)


class _AnswerBook:
    """Notes the answers that stood, as the events go by."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._given: dict[int, float] = {}
        self._noted: dict[int, Mapping[str, Any]] = {}
        self.answers: list[Answer] = []

    def take(self, before: SessionState, after: SessionState, recorded: Recorded) -> None:
        """Look at one event, with the states around it."""
        event = recorded.event
        match event:
            case ev.ResponseGiven():
                number = event.number
                # The event's own time has passed by now, and the response before it stood through it.
                if after.used - self._given.get(number, after.used) >= SETTLED_SECONDS:
                    self.note(before, number)
                self._given[number] = after.used
            case ev.ItemShown() | ev.SectionLeft() | ev.SectionClosed() | ev.Submitted() | ev.BreakStarted():
                if before.current is not None:
                    self.note(before, before.current)
            case ev.ItemChecked():
                self.note(before, event.number)

    def note(self, state: SessionState, number: int) -> None:
        """Keep the answer of an item as it stands, where it is a full one and another than before."""
        if number in state.attempts or number not in state.responses:
            return
        item = self._form.entry(number).item
        spec, response = spec_of(item), state.responses[number]
        if spec.apply_edit is not None or self._noted.get(number) == response:
            return
        if spec.is_complete(item, spec.response_model.model_validate(response)):
            self._noted[number] = response
            self.answers.append(Answer(number, self._given.get(number, state.used), response))
