"""Where each item stands: what navigator, review screen and line mode show."""

from collections.abc import Iterable
from dataclasses import dataclass

from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.one_line import one_line
from examengine.itemtypes.registry import spec_of
from examengine.session.events import Certainty
from examengine.session.state import SessionState


@dataclass(frozen=True, slots=True)
class Standing:
    """One item's place in the session."""

    entry: FormEntry
    word: str
    """unseen, seen, incomplete or answered."""
    is_flagged: bool
    is_checked: bool
    is_open: bool
    """Whether its section is the open one."""
    is_current: bool
    is_locked: bool = False
    """Whether it was left for good."""
    certainty: Certainty | None = None
    has_note: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether something is left to do here."""
        return self.word != "answered"


def word_of(entry: FormEntry, state: SessionState) -> str:
    """Return unseen, seen, incomplete or answered."""
    spec = spec_of(entry.item)
    response = spec.response_model.model_validate(state.responses.get(entry.number, {}))
    if spec.is_blank(entry.item, response):
        return "seen" if entry.number in state.seen else "unseen"
    return "answered" if spec.is_complete(entry.item, response) else "incomplete"


def standings(form: Form, state: SessionState, section: str | None = None) -> list[Standing]:
    """Return where the items of a section, or of the whole form, stand."""
    return [
        Standing(
            entry=entry,
            word=word_of(entry, state),
            is_flagged=entry.number in state.flagged,
            is_checked=entry.number in state.checked,
            is_open=entry.section == state.section,
            is_current=entry.number == state.current,
            is_locked=entry.number in state.locked,
            certainty=state.certainty.get(entry.number),
            has_note=bool(state.notes.get(entry.number, "").strip()),
        )
        for entry in form.entries
        if section is None or entry.section == section
    ]


def open_numbers(form: Form, state: SessionState) -> list[int]:
    """Return the items of the open section that can be shown now or later: none that was left for good."""
    if state.section is None:
        return []
    return [
        entry.number
        for entry in form.entries_of(state.section)
        if entry.number not in state.locked or entry.number == state.current
    ]


def counts(found: Iterable[Standing]) -> dict[str, int]:
    """Return how many items stand where, and how many are flagged."""
    result = {"answered": 0, "incomplete": 0, "seen": 0, "unseen": 0, "flagged": 0}
    for one in found:
        result[one.word] += 1
        result["flagged"] += one.is_flagged
    return result


def first_line(entry: FormEntry) -> str:
    """Return what an item is about in one line of plain text: its title, or how its stem begins."""
    if isinstance(entry.item, Coding):
        return entry.item.title
    return one_line(entry.item.stem)
