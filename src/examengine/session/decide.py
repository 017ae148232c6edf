"""What a command leads to: events, or a refusal with its reason. Pure: time comes in as a reading."""

from dataclasses import dataclass
from typing import Literal

from examengine.core.clock import Reading, seconds_between
from examengine.forms.form import Form, FormSection
from examengine.itemtypes.registry import spec_of
from examengine.session import commands as cmd
from examengine.session import events as ev
from examengine.session.events import NOTE_CHARACTERS, Event, Recorded
from examengine.session.state import SessionState, advance, evolve
from examengine.session.timing import charge_for_gap, due_warning, exam_limit, section_limit


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a candidate may not do now, and why: a value, not an error."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The events of a command, and the refusal where there is one.

    Both may be there: a response that comes too late brings the events of the time running out, and is refused.
    """

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None


def decide(form: Form, state: SessionState, command: cmd.Command, now: Reading) -> Decision:
    """Return what a command leads to at a moment."""
    match command:
        case cmd.Start():
            return _start(state, command)
        case cmd.OpenRun():
            return _open_run(form, state, command, now)
    if state.phase == "new":
        return _refuse("not-started", "The session has not been started.")
    if state.phase == "submitted":
        if isinstance(command, cmd.CloseRun) and state.is_run_open:
            return Decision((ev.RunClosed(),))
        return Decision() if isinstance(command, cmd.Tick) else _refuse("submitted", "The session is over.")
    if not state.is_run_open:
        return _refuse("not-open", "The session is not open here.")
    if isinstance(command, cmd.NoteStall):
        # Before the clock is looked at: a stopped process must not run out of credited time.
        return _note_stall(form, state, command)
    due = due_events(form, state, now)
    after = state
    for event in due:
        after = evolve(form, after, Recorded(at=now, event=event))
    if after.phase == "submitted":
        late = None if isinstance(command, cmd.Tick | cmd.CloseRun) else Refusal("time-up", "Time is up.")
        return Decision(due, late)
    own = _decide_in_time(form, after, command)
    return Decision((*due, *own.events), own.refusal)


def due_events(form: Form, state: SessionState, now: Reading) -> tuple[Event, ...]:
    """Return what the clock alone brings: a warning, the end of a section, the end of the exam."""
    later = advance(state, now)
    limit = exam_limit(form, later)
    if limit is not None and later.used >= limit:
        closing = (ev.SectionClosed(section=later.section, reason="time_up"),) if later.section else ()
        return (*closing, ev.Submitted(reason="time_up"))
    if later.section is not None:
        own = section_limit(form, later, later.section)
        if own is not None and later.section_used.get(later.section, 0.0) >= own:
            closed = ev.SectionClosed(section=later.section, reason="time_up")
            if _open_sections(form, later, besides=later.section):
                return (closed,)
            return (closed, ev.Submitted(reason="time_up"))
    if later.pause is not None and later.pause.stops_clock and later.pause.limit is not None:
        # What lies beyond the limit counts again already; the candidate is called back.
        return _end_break(form, later, "time_up").events if later.pause.seconds >= later.pause.limit else ()
    warning = due_warning(form, state, now)
    return (ev.TimeAnnounced(scope=warning[0], seconds=warning[1]),) if warning else ()


def _start(state: SessionState, command: cmd.Start) -> Decision:
    if state.phase != "new":
        return _refuse("already-started", "The session has been started already.")
    return Decision((ev.Started(form_digest=command.form_digest, time_multiplier=command.time_multiplier),))


def _open_run(form: Form, state: SessionState, command: cmd.OpenRun, now: Reading) -> Decision:
    if state.phase == "new":
        return _refuse("not-started", "The session has not been started.")
    last = state.last_closed
    last_alive = None
    if state.is_run_open:
        last = last_alive = _later(state.anchor, command.last_alive)
    if last is None:
        return Decision((ev.RunOpened(),))
    gap = seconds_between(last, now)
    counted = advance(state, last_alive) if last_alive is not None else state
    resting = counted.pause.room(gap) if counted.pause is not None else 0.0
    charged = charge_for_gap(form, counted, gap - resting) if state.phase != "submitted" else 0.0
    cause: ev.GapCause = "killed" if last_alive is not None else "closed"
    opened = ev.RunOpened(
        last_alive=last_alive, gap_seconds=gap, charged_seconds=charged, break_seconds=resting, cause=cause
    )
    after = evolve(form, state, Recorded(at=now, event=opened))
    return Decision((opened, *(due_events(form, after, now) if after.phase != "submitted" else ())))


def _later(anchor: Reading | None, last_alive: Reading | None) -> Reading | None:
    """Return the later of two readings of one run; the journal's own last reading is a sign of life too."""
    if anchor is None or last_alive is None:
        return last_alive or anchor
    if anchor.boot == last_alive.boot and last_alive.monotonic >= anchor.monotonic:
        return last_alive
    return anchor


def _decide_in_time(form: Form, state: SessionState, command: cmd.Command) -> Decision:
    if state.pause is not None and not isinstance(command, cmd.Tick | cmd.CloseRun | cmd.EndBreak | cmd.WriteNote):
        return _refuse("on-break", "You are on a break; come back from it first.")
    match command:
        case cmd.Tick():
            return Decision()
        case cmd.CloseRun():
            return Decision((ev.RunClosed(),))
        case cmd.OpenSection():
            return _open_section(form, state, command)
        case cmd.LeaveSection():
            return _leave_section(form, state)
        case cmd.Submit():
            closing = (ev.SectionClosed(section=state.section, reason="submitted"),) if state.section else ()
            return Decision((*closing, ev.Submitted(reason="candidate")))
        case cmd.StartBreak():
            return _start_break(form, state)
        case cmd.EndBreak():
            return _end_break(form, state, "candidate")
        case cmd.WriteNote():
            return _write_note(form, state, command)
        case (
            cmd.Show()
            | cmd.Respond()
            | cmd.EditFile()
            | cmd.Flag()
            | cmd.NoteSamples()
            | cmd.KeepScratch()
            | cmd.Check()
            | cmd.Retry()
            | cmd.StrikeOptions()
            | cmd.RateCertainty()
        ):
            return _decide_on_item(form, state, command)
        case cmd.Start() | cmd.OpenRun() | cmd.NoteStall():
            return Decision()


def _note_stall(form: Form, state: SessionState, command: cmd.NoteStall) -> Decision:
    if state.pause is not None and state.pause.stops_clock and command.cause == "stopped":
        # The monotonic clock went on, and what it counts is the break's: nothing to give back.
        return Decision(
            (ev.Stalled(cause="stopped", gap_seconds=command.seconds, credited_seconds=0, charged_seconds=0),)
        )
    resting = state.pause.room(command.seconds) if state.pause is not None else 0.0
    charge = charge_for_gap(form, state, command.seconds - resting)
    if command.cause == "asleep":
        # The monotonic clock stood still: nothing to give back, perhaps something to add.
        credited, charged = 0.0, charge
    else:
        credited, charged = command.seconds - charge, 0.0
    stalled = ev.Stalled(
        cause=command.cause,
        gap_seconds=command.seconds,
        credited_seconds=credited,
        charged_seconds=charged,
        break_seconds=resting,
    )
    return Decision((stalled,))


def _open_section(form: Form, state: SessionState, command: cmd.OpenSection) -> Decision:
    if state.section is not None:
        return _refuse("section-open", f"Section {state.section} is open; leave it first.")
    candidates = _open_sections(form, state)
    if command.section is not None:
        candidates = [section for section in candidates if section.id == command.section]
    if not candidates:
        return _refuse("section-closed", "That section is closed for good.")
    section = candidates[0]
    skipped = _open_sections(form, state)[0]
    if skipped.id != section.id and skipped.leave == "locks":
        return _refuse("section-order", f"Section {skipped.id} comes first.")
    first = form.entries_of(section.id)[0].number
    return Decision((ev.SectionOpened(section=section.id), ev.ItemShown(number=first)))


def _leave_section(form: Form, state: SessionState) -> Decision:
    if state.section is None:
        return _refuse("no-section", "No section is open.")
    section = next(one for one in form.sections if one.id == state.section)
    if section.leave == "returns":
        return Decision((ev.SectionLeft(section=section.id),))
    closed = ev.SectionClosed(section=section.id, reason="left")
    if _open_sections(form, state, besides=section.id):
        return Decision((closed,))
    return Decision((closed, ev.Submitted(reason="candidate")))


def _open_sections(form: Form, state: SessionState, besides: str | None = None) -> list[FormSection]:
    return [one for one in form.sections if one.id not in state.sections_closed and one.id != besides]


def _decide_on_item(
    form: Form,
    state: SessionState,
    command: cmd.Show
    | cmd.Respond
    | cmd.EditFile
    | cmd.Flag
    | cmd.NoteSamples
    | cmd.KeepScratch
    | cmd.Check
    | cmd.Retry
    | cmd.StrikeOptions
    | cmd.RateCertainty,
) -> Decision:
    if not 1 <= command.number <= len(form.entries):
        return _refuse("no-such-item", f"There is no item {command.number}; items go from 1 to {len(form.entries)}.")
    entry = form.entry(command.number)
    if entry.section != state.section:
        closed = entry.section in state.sections_closed
        reason = "is closed" if closed else "is not open yet"
        return _refuse("section-locked", f"Item {entry.number} lies in section {entry.section}, which {reason}.")
    if command.number in state.locked and command.number != state.current:
        return _refuse("locked", f"Item {entry.number} was left for good; it is not shown again.")
    section = next(one for one in form.sections if one.id == entry.section)
    if section.navigation == "linear" and state.current is not None:
        if command.number < state.current:
            return _refuse("linear", "This section goes forward only.")
        if command.number > state.current + 1 and isinstance(command, cmd.Show):
            return _refuse("linear", "This section goes forward one item at a time.")
    match command:
        case cmd.Show():
            if state.current == command.number:
                return Decision()
            return Decision((*_locked_by_leaving(form, state), ev.ItemShown(number=command.number)))
        case cmd.Flag():
            is_changed = (command.number in state.flagged) != command.flagged
            return Decision((ev.Flagged(number=command.number, flagged=command.flagged),) if is_changed else ())
        case cmd.NoteSamples():
            run = ev.SamplesRun(
                number=command.number, verdict=command.verdict, passed=command.passed, total=command.total
            )
            return Decision((run,))
        case cmd.KeepScratch():
            return _keep_scratch(state, command)
        case cmd.Check():
            if form.feedback != "immediate":
                return _refuse("no-feedback", "This exam gives feedback after the submission.")
            return Decision((ev.ItemChecked(number=command.number),) if command.number not in state.checked else ())
        case cmd.Retry():
            if form.feedback != "immediate":
                return _refuse("no-feedback", "This exam gives feedback after the submission.")
            if command.number not in state.checked:
                return _refuse("not-checked", "Check the response first; then the item can be answered anew.")
            return Decision((ev.ItemRetried(number=command.number),))
        case cmd.StrikeOptions():
            return _strike(state, command, entry.item.option_ids())
        case cmd.RateCertainty():
            if state.certainty.get(command.number) == command.certainty:
                return Decision()
            return Decision((ev.CertaintyRated(number=command.number, certainty=command.certainty),))
        case cmd.Respond() | cmd.EditFile():
            if command.number in state.checked:
                return _refuse("checked", "The feedback of this item has been shown; its response is final.")
            if command.number in state.locked:
                return _refuse("locked", "This item was left for good; its response is final.")
            return _respond(form, state, command)


def leaving_locks(form: Form, state: SessionState) -> bool:
    """Return whether the item on the screen becomes final when another one is shown."""
    if state.current is None or form.kind != "exam" or state.current in state.locked:
        return False
    return form.entry(state.current).item.lock_on_leaving


def _locked_by_leaving(form: Form, state: SessionState) -> tuple[Event, ...]:
    if state.current is None or not leaving_locks(form, state):
        return ()
    return (ev.ItemLocked(number=state.current),)


def _strike(state: SessionState, command: cmd.StrikeOptions, options: tuple[str, ...]) -> Decision:
    unknown = sorted(command.options - set(options))
    if unknown:
        return _refuse("no-such-option", f"Item {command.number} has no option {unknown[0][:60]!r}.")
    if state.struck.get(command.number, frozenset()) == command.options:
        return Decision()
    return Decision((ev.OptionsStruck(number=command.number, options=tuple(sorted(command.options))),))


def _write_note(form: Form, state: SessionState, command: cmd.WriteNote) -> Decision:
    if command.number is not None and not 1 <= command.number <= len(form.entries):
        return _refuse("no-such-item", f"There is no item {command.number}; items go from 1 to {len(form.entries)}.")
    if command.number is not None and command.number not in state.seen:
        return _refuse("not-seen", f"Item {command.number} has not been shown yet.")
    if len(command.text) > NOTE_CHARACTERS:
        return _refuse(
            "note-too-long", f"A note holds {NOTE_CHARACTERS:,} characters; this one has {len(command.text):,}."
        )
    if state.notes.get(command.number, "") == command.text:
        return Decision()
    return Decision((ev.NoteWritten(number=command.number, text=command.text),))


def _keep_scratch(state: SessionState, command: cmd.KeepScratch) -> Decision:
    if len(command.text) > NOTE_CHARACTERS:
        return _refuse(
            "scratch-too-long",
            f"The scratch cell is kept up to {NOTE_CHARACTERS:,} characters; this one has {len(command.text):,}.",
        )
    if state.scratch.get(command.number, "") == command.text:
        return Decision()
    return Decision((ev.ScratchKept(number=command.number, text=command.text),))


def breaks_left(form: Form, state: SessionState) -> int | None:
    """Return how many breaks may still be taken; none: as many as one likes."""
    if form.breaks is None:
        return 0
    return None if form.breaks.most is None else max(0, form.breaks.most - len(state.breaks))


def _start_break(form: Form, state: SessionState) -> Decision:
    rule = form.breaks
    if rule is None:
        return _refuse("no-breaks", "This exam has no breaks.")
    if breaks_left(form, state) == 0:
        return _refuse("no-breaks-left", f"All {rule.most} breaks have been taken.")
    seen = tuple(
        entry.number
        for entry in (form.entries_of(state.section) if state.section is not None else ())
        if entry.number in state.seen and entry.number not in state.locked
    )
    started = ev.BreakStarted(
        stops_clock=rule.clock == "stops",
        seconds=None if rule.minutes is None else rule.minutes * 60,
        locked=seen if rule.locks == "seen" else (),
    )
    return Decision((started,))


def _end_break(form: Form, state: SessionState, reason: Literal["candidate", "time_up"]) -> Decision:
    if state.pause is None:
        return _refuse("no-break", "You are not on a break.")
    onward = next_open(form, state)
    shown = (ev.ItemShown(number=onward),) if onward is not None and state.current in state.locked else ()
    return Decision((ev.BreakEnded(reason=reason), *shown))


def next_open(form: Form, state: SessionState) -> int | None:
    """Return the first item of the open section, from the current one on, that can still be shown; none: none can."""
    if state.section is None:
        return None
    numbers = [entry.number for entry in form.entries_of(state.section) if entry.number not in state.locked]
    later = [number for number in numbers if state.current is None or number >= state.current]
    return next(iter(later or numbers), None)


def _respond(form: Form, state: SessionState, command: cmd.Respond | cmd.EditFile) -> Decision:
    item = form.entry(command.number).item
    spec = spec_of(item)
    before = state.responses.get(command.number, {})
    if isinstance(command, cmd.EditFile):
        if spec.apply_edit is None:
            return _refuse("no-files", f"Item {command.number} has no files to edit.")
        try:
            spec.apply_edit(item, spec.response_model.model_validate(before), command.edit)
        except ValueError as error:
            return _refuse("edit-outside", str(error))
        return Decision((ev.FileEdited(number=command.number, edit=command.edit),))
    try:
        response = spec.response_model.model_validate(command.response).model_dump(mode="json")
    except ValueError:
        return _refuse("not-a-response", f"That is not a response to a {spec.title.lower()} item.")
    if command.number in state.responses and response == before:
        return Decision()
    return Decision((ev.ResponseGiven(number=command.number, response=response),))


def _refuse(code: str, message: str) -> Decision:
    return Decision(refusal=Refusal(code, message))
