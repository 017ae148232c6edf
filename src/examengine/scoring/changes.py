"""Changes of mind: how often an answer was given up for another one, and whether that paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from examengine.forms.form import Form
from examengine.itemtypes.spec import Mark
from examengine.scoring.score_form import score_entry
from examengine.session.way import Answer

ChangeKind = Literal["wrong_to_right", "right_to_wrong", "wrong_to_wrong", "right_to_right"]
"""Partly right counts as wrong here; right to right is the same answer in other words."""


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """An answer that stood, with what it would have come to."""

    answer: Answer
    mark: Mark


@dataclass(frozen=True, slots=True)
class Change:
    """One answer given up for another."""

    before: ScoredAnswer
    after: ScoredAnswer

    @property
    def number(self) -> int:
        """Return the item's number."""
        return self.after.answer.number

    @property
    def kind(self) -> ChangeKind:
        """Return what the change did."""
        if self.before.mark is Mark.RIGHT:
            return "right_to_right" if self.after.mark is Mark.RIGHT else "right_to_wrong"
        return "wrong_to_right" if self.after.mark is Mark.RIGHT else "wrong_to_wrong"


def score_answers(form: Form, answers: Iterable[Answer]) -> tuple[ScoredAnswer, ...]:
    """Return the answers with their marks, in the order given."""
    return tuple(
        ScoredAnswer(answer, score_entry(form.entry(answer.number), answer.response, None).mark) for answer in answers
    )


def find_changes(answers: Iterable[ScoredAnswer]) -> tuple[Change, ...]:
    """Return every change of an answer, in the order of time."""
    last: dict[int, ScoredAnswer] = {}
    found = []
    for one in answers:
        before = last.get(one.answer.number)
        if before is not None:
            found.append(Change(before, one))
        last[one.answer.number] = one
    return tuple(found)
