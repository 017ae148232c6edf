"""Where a session stands, and how one event moves it on. Replaying the journal gives the state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from examengine.core.clock import Reading
from examengine.forms.form import Form
from examengine.itemtypes.registry import spec_of
from examengine.session import events as ev
from examengine.session.events import Certainty, Recorded

T = TypeVar("T")
Phase = Literal["new", "ready", "section", "submitted"]
"""new: not started. ready: started, no section open. section: a section is open."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nobody sat the exam, though it had begun."""

    at: Reading
    cause: str
    seconds: float
    charged_seconds: float


@dataclass(frozen=True, slots=True)
class Break:
    """A break that was taken, or that is being taken."""

    at: Reading
    stops_clock: bool
    limit: float | None
    """Seconds for which the clock stands still at most."""
    seconds: float = 0.0
    """How long it took; with the clock stopped, without what counts as time of the exam again."""

    def room(self, seconds: float) -> float:
        """Return how much of a stretch of time still belongs to the break with the clock stopped."""
        if not self.stops_clock:
            return 0.0
        return seconds if self.limit is None else min(seconds, max(0.0, self.limit - self.seconds))


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was answered before an item was answered anew."""

    response: dict[str, Any] | None
    """None where nothing was given."""
    certainty: Certainty | None


@dataclass(frozen=True, slots=True)
class SessionState:
    """Everything that the events so far amount to; times in seconds of active time."""

    phase: Phase = "new"
    time_multiplier: float = 1.0
    anchor: Reading | None = None
    """Up to when active time is counted; none while no run is open."""
    last_closed: Reading | None = None
    used: float = 0.0
    """Active time of the exam up to the anchor."""
    section: str | None = None
    section_used: Mapping[str, float] = field(default_factory=dict)
    sections_closed: Mapping[str, str] = field(default_factory=dict)
    """Section to why it closed."""
    current: int | None = None
    """The item on the screen."""
    item_used: Mapping[int, float] = field(default_factory=dict)
    responses: Mapping[int, dict[str, Any]] = field(default_factory=dict)
    response_changes: Mapping[int, int] = field(default_factory=dict)
    """How often each response was replaced after it was first given."""
    seen: frozenset[int] = frozenset()
    flagged: frozenset[int] = frozenset()
    checked: frozenset[int] = frozenset()
    locked: frozenset[int] = frozenset()
    """Items that were left for good."""
    attempts: Mapping[int, tuple[Attempt, ...]] = field(default_factory=dict)
    """By item, what was answered before it was answered anew; the first attempt is the one that counts."""
    struck: Mapping[int, frozenset[str]] = field(default_factory=dict)
    certainty: Mapping[int, Certainty] = field(default_factory=dict)
    notes: Mapping[int | None, str] = field(default_factory=dict)
    """By item; none: the scratchpad."""
    scratch: Mapping[int, str] = field(default_factory=dict)
    """By item: the scratch cell beside an exercise."""
    pause: Break | None = None
    """The break that is being taken."""
    breaks: tuple[Break, ...] = ()
    """Those that are over."""
    announced: frozenset[tuple[str, int]] = frozenset()
    gaps: tuple[Gap, ...] = ()
    started_at: Reading | None = None
    submitted_at: Reading | None = None
    submit_reason: str = ""
    runs: int = 0

    @property
    def is_run_open(self) -> bool:
        """Whether a process holds the session (or died holding it)."""
        return self.anchor is not None

    @property
    def counted_responses(self) -> dict[int, dict[str, Any]]:
        """Return the responses that count: of an item that was answered anew, the first one."""
        first = {number: made[0].response for number, made in self.attempts.items()}
        found = {**self.responses, **first}
        return {number: response for number, response in found.items() if response is not None}

    def all_attempts(self, number: int) -> tuple[dict[str, Any] | None, ...]:
        """Return the response of every attempt at an item; an attempt that was begun and left as it was is none."""
        made = tuple(one.response for one in self.attempts.get(number, ()))
        last = self.responses.get(number)
        is_begun = last is not None and not (made and last == made[-1])
        return (*made, last) if is_begun or number in self.checked else made

    @property
    def counted_certainty(self) -> dict[int, Certainty]:
        """Return how certain the candidate was of the responses that count."""
        first = {number: made[0].certainty for number, made in self.attempts.items()}
        return {number: word for number, word in {**self.certainty, **first}.items() if word is not None}


def evolve(form: Form, state: SessionState, recorded: Recorded) -> SessionState:
    """Return the state after one event."""
    event, at = recorded.event, recorded.at
    if isinstance(event, ev.RunOpened):
        if event.last_alive is not None:
            state = advance(state, event.last_alive)
        charged = _charge(_rested(state, event.break_seconds), event.charged_seconds)
        gaps = state.gaps
        if event.cause is not None:
            gaps = (*gaps, Gap(at, event.cause, event.gap_seconds, event.charged_seconds))
        return replace(charged, anchor=at, gaps=gaps, runs=state.runs + 1)
    state = advance(state, at)
    match event:
        case ev.Started():
            return replace(state, phase="ready", started_at=at, time_multiplier=event.time_multiplier)
        case ev.RunClosed():
            return replace(state, anchor=None, last_closed=at)
        case ev.Stalled():
            moved = _charge(_rested(state, event.break_seconds), event.charged_seconds - event.credited_seconds)
            gap = Gap(at, event.cause, event.gap_seconds, event.charged_seconds)
            return replace(moved, gaps=(*state.gaps, gap))
        case ev.SectionOpened():
            return replace(state, phase="section", section=event.section, current=None)
        case ev.SectionLeft():
            return replace(state, phase="ready", section=None, current=None)
        case ev.SectionClosed():
            closed = {**state.sections_closed, event.section: event.reason}
            return replace(state, phase="ready", section=None, current=None, sections_closed=closed)
        case ev.ItemShown():
            return replace(state, current=event.number, seen=state.seen | {event.number})
        case ev.ResponseGiven():
            return _with_response(state, event.number, event.response)
        case ev.FileEdited():
            return _with_response(state, event.number, _edited(form, state, event))
        case ev.Flagged():
            flagged = state.flagged | {event.number} if event.flagged else state.flagged - {event.number}
            return replace(state, flagged=flagged)
        case ev.OptionsStruck():
            return replace(state, struck={**state.struck, event.number: frozenset(event.options)})
        case ev.CertaintyRated():
            rated = {number: word for number, word in state.certainty.items() if number != event.number}
            if event.certainty is not None:
                rated[event.number] = event.certainty
            return replace(state, certainty=rated)
        case ev.NoteWritten():
            return replace(state, notes={**state.notes, event.number: event.text})
        case ev.ScratchKept():
            return replace(state, scratch={**state.scratch, event.number: event.text})
        case ev.ItemLocked():
            return replace(state, locked=state.locked | {event.number})
        case ev.BreakStarted():
            pause = Break(at, event.stops_clock, event.seconds)
            return replace(state, pause=pause, locked=state.locked | set(event.locked))
        case ev.BreakEnded():
            over = (state.pause,) if state.pause is not None else ()
            return replace(state, pause=None, breaks=(*state.breaks, *over))
        case ev.ItemChecked():
            return replace(state, checked=state.checked | {event.number})
        case ev.ItemRetried():
            return _retried(form, state, event.number)
        case ev.TimeAnnounced():
            return replace(state, announced=state.announced | {(event.scope, event.seconds)})
        case ev.Submitted():
            return replace(
                state,
                phase="submitted",
                section=None,
                current=None,
                submitted_at=at,
                submit_reason=event.reason,
                pause=None,
                breaks=(*state.breaks, *((state.pause,) if state.pause is not None else ())),
            )
        case ev.SamplesRun():
            return state
    return state


def replay(form: Form, journal: Iterable[Recorded], state: SessionState | None = None) -> SessionState:
    """Return the state after a whole journal."""
    state = state or SessionState()
    for recorded in journal:
        state = evolve(form, state, recorded)
    return state


def advance(state: SessionState, at: Reading) -> SessionState:
    """Count the active time up to a reading of the run that is open."""
    if state.anchor is None or state.phase == "submitted":
        return state
    passed = at.monotonic - state.anchor.monotonic if at.boot == state.anchor.boot else 0.0
    if passed <= 0:
        return state
    if state.pause is None:
        return replace(_charge(state, passed, counts_for_item=True), anchor=at)
    if not state.pause.stops_clock:
        return replace(_charge(_rested(state, passed), passed), anchor=at)
    resting = state.pause.room(passed)
    return replace(_charge(_rested(state, resting), passed - resting), anchor=at)


def _rested(state: SessionState, seconds: float) -> SessionState:
    """Put seconds on the break that is being taken."""
    if state.pause is None or seconds == 0:
        return state
    return replace(state, pause=replace(state.pause, seconds=state.pause.seconds + seconds))


def _charge(state: SessionState, seconds: float, *, counts_for_item: bool = False) -> SessionState:
    """Put seconds on the exam's clock and on that of the open section; a negative number takes them off."""
    if seconds == 0 or state.phase not in ("ready", "section"):
        return state
    section_used, item_used = state.section_used, state.item_used
    if state.section is not None:
        now_used = section_used.get(state.section, 0.0) + seconds
        section_used = {**section_used, state.section: max(0.0, now_used)}
    if state.current is not None and (counts_for_item or seconds < 0):
        item_used = {**item_used, state.current: max(0.0, item_used.get(state.current, 0.0) + seconds)}
    return replace(state, used=max(0.0, state.used + seconds), section_used=section_used, item_used=item_used)


def _with_response(state: SessionState, number: int, response: dict[str, Any]) -> SessionState:
    changes = state.response_changes
    if number in state.responses and state.responses[number] != response:
        changes = {**changes, number: changes.get(number, 0) + 1}
    return replace(state, responses={**state.responses, number: response}, response_changes=changes)


def _retried(form: Form, state: SessionState, number: int) -> SessionState:
    made = Attempt(state.responses.get(number), state.certainty.get(number))
    # Code is mended, not written from nothing again.
    keeps = spec_of(form.entry(number).item).apply_edit is not None
    return replace(
        state,
        attempts={**state.attempts, number: (*state.attempts.get(number, ()), made)},
        checked=state.checked - {number},
        responses=state.responses if keeps else _without(state.responses, number),
        certainty=_without(state.certainty, number),
        struck=_without(state.struck, number),
    )


def _without(values: Mapping[int, T], number: int) -> dict[int, T]:
    return {name: value for name, value in values.items() if name != number}


def _edited(form: Form, state: SessionState, event: ev.FileEdited) -> dict[str, Any]:
    item = form.entry(event.number).item
    spec = spec_of(item)
    if spec.apply_edit is None:
        raise ValueError(f"item {event.number} has no files")
    before = spec.response_model.model_validate(state.responses.get(event.number, {}))
    after: dict[str, Any] = spec.apply_edit(item, before, event.edit).model_dump(mode="json")
    return after
