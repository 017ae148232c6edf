"""The tools of the exam room in line mode: note, scratchpad, certainty, struck options, calculator, search, break."""

from typing import TYPE_CHECKING

from examengine.delivery.calculator import calculate
from examengine.delivery.sitting import Sitting
from examengine.forms.searchable import found_lines, searchable_lines
from examengine.itemtypes.choice import letters_to_options
from examengine.itemtypes.spec import position_label
from examengine.reports.words import duration
from examengine.session import commands as cmd
from examengine.session.decide import breaks_left
from examengine.session.events import Certainty
from examengine.session.state import advance

if TYPE_CHECKING:
    from examengine.plain.session_loop import SessionLoop

_CERTAINTIES: dict[str, Certainty | None] = {"guess": "guess", "unsure": "unsure", "sure": "sure", "none": None}


def strike(loop: "SessionLoop", rest: str) -> None:
    """Strike options out, or take them back."""
    number = loop.current()
    if number is None:
        return
    entry = loop.sitting.form.entry(number)
    if not entry.order or not rest:
        loop.say("Say which options to strike out or take back, such as strike A C." if entry.order else _NO_OPTIONS)
        return
    try:
        named = frozenset(letters_to_options(rest, entry.order))
    except ValueError as error:
        loop.say(f"Not taken: {error}.")
        return
    struck = loop.sitting.state.struck.get(number, frozenset()) ^ named
    if loop.perform(cmd.StrikeOptions(number, struck)).refusal is None:
        labels = " ".join(position_label(place) for place, name in enumerate(entry.order) if name in struck)
        loop.say(f"Struck out: {labels or 'nothing'}.")


_NO_OPTIONS = "This item has no options to strike out."


def rate(loop: "SessionLoop", rest: str) -> None:
    """Say how certain the response is."""
    number = loop.current()
    if number is None:
        return
    word = rest.strip().lower()
    if word not in _CERTAINTIES:
        loop.say("Say guess, unsure, sure or none, such as certain unsure.")
        return
    if loop.perform(cmd.RateCertainty(number, _CERTAINTIES[word])).refusal is None:
        loop.say(f"Item {number}: {word if word != 'none' else 'no word on certainty'}.")


def note(loop: "SessionLoop", rest: str) -> None:
    """Read or write the note of the item."""
    number = loop.current()
    if number is not None:
        _keep(loop, number, rest)


def scratchpad(loop: "SessionLoop", rest: str) -> None:
    """Read or write the session's scratchpad."""
    _keep(loop, None, rest)


def _keep(loop: "SessionLoop", number: int | None, rest: str) -> None:
    before = loop.sitting.state.notes.get(number, "")
    if not rest:
        loop.say(before or "Nothing is written there.")
        return
    text = "" if rest == "clear" else f"{before}\n{rest}".strip("\n")
    if loop.perform(cmd.WriteNote(number, text)).refusal is None:
        loop.say("Emptied." if not text else "Kept.")


def compute(loop: "SessionLoop", rest: str) -> None:
    """Calculate, where the section allows it."""
    sitting = loop.sitting
    section = next((one for one in sitting.form.sections if one.id == sitting.state.section), None)
    if sitting.form.kind == "exam" and (section is None or not section.calculator):
        loop.say("This section has no calculator.")
        return
    line = calculate(rest, loop.last_result)
    if line.value is not None:
        loop.last_result = line.value
    loop.say(f"= {line.result}" if line.value is not None else f"Not computed: {line.result}.")


def find(loop: "SessionLoop", rest: str) -> None:
    """Find a text within the item."""
    number = loop.current()
    if number is None:
        return
    found = found_lines(searchable_lines(loop.sitting.form, loop.sitting.form.entry(number)), rest)
    for part, line, _places in found:
        loop.say(f"{part}: {line}")
    if not found:
        loop.say("Nothing in this item reads so.")


def take_break(loop: "SessionLoop", _rest: str) -> None:
    """Go on a break."""
    if loop.perform(cmd.StartBreak()).refusal is None:
        say_break(loop)


def come_back(loop: "SessionLoop", _rest: str) -> None:
    """End the break."""
    if loop.perform(cmd.EndBreak()).refusal is None:
        loop.say("The exam goes on.")
        if loop.sitting.state.section is not None:
            loop.do_show_current()


def say_break(loop: "SessionLoop") -> None:
    """Say what the break that is being taken costs."""
    sitting = loop.sitting
    pause = advance(sitting.state, sitting.now()).pause
    if pause is None or not isinstance(sitting, Sitting):
        return
    if not pause.stops_clock:
        loop.say("You are on a break; the clock is running. Type back to go on.")
    elif pause.limit is not None:
        room = duration(max(0.0, pause.limit - pause.seconds))
        loop.say(f"You are on a break; the clock stands still for {room}. Type back to go on.")
    if sitting.state.locked:
        loop.say("What you have seen of this section is closed for good.")
    left = breaks_left(sitting.form, sitting.state)
    if left is not None:
        loop.say(f"After this break {left - 1} may be taken.")
