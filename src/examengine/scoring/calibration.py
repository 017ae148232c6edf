"""How far a candidate's certainty can be trusted: for the report, never for the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from examengine.itemtypes.spec import Mark
from examengine.scoring.scores import EntryScore, Scores
from examengine.session.events import Certainty

CERTAINTIES: tuple[Certainty | None, ...] = ("sure", "unsure", "guess", None)
"""None: not rated."""


@dataclass(frozen=True, slots=True)
class CertaintyScore:
    """What the scored items of one word of certainty came to."""

    certainty: Certainty | None
    items: int
    right: int
    partial: int
    wrong: int
    blank: int
    ungraded: int
    earned: Fraction
    possible: Fraction
    """Without what waits for the grader."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One row for each word that was used, and the items where word and mark are at odds."""

    rows: tuple[CertaintyScore, ...]
    guessed_right: tuple[int, ...]
    sure_and_wrong: tuple[int, ...]
    """Partly right ones are not among them."""


def calibrate(certainty: Mapping[int, Certainty], scores: Scores) -> Calibration:
    """Return what certainty was worth; no rows where nothing was rated. Pretest items count nowhere."""
    scored = [entry for entry in scores.entries if not entry.pretest]
    rows = []
    for word in CERTAINTIES:
        own = [entry for entry in scored if certainty.get(entry.number) == word]
        graded = [entry for entry in own if entry.mark is not Mark.UNGRADED]
        if own:
            rows.append(
                CertaintyScore(
                    certainty=word,
                    items=len(own),
                    right=_count(own, Mark.RIGHT),
                    partial=_count(own, Mark.PARTIAL),
                    wrong=_count(own, Mark.WRONG),
                    blank=_count(own, Mark.BLANK),
                    ungraded=_count(own, Mark.UNGRADED),
                    earned=sum((entry.earned for entry in graded), Fraction(0)),
                    possible=sum((entry.possible for entry in graded), Fraction(0)),
                )
            )
    return Calibration(
        rows=tuple(rows) if any(row.certainty is not None for row in rows) else (),
        guessed_right=_numbers(scores, certainty, "guess", Mark.RIGHT),
        sure_and_wrong=_numbers(scores, certainty, "sure", Mark.WRONG),
    )


def _count(entries: list[EntryScore], mark: Mark) -> int:
    return sum(entry.mark is mark for entry in entries)


def _numbers(scores: Scores, certainty: Mapping[int, Certainty], word: Certainty, mark: Mark) -> tuple[int, ...]:
    return tuple(
        entry.number
        for entry in scores.entries
        if not entry.pretest and entry.mark is mark and certainty.get(entry.number) == word
    )
