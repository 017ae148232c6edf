"""What an item type gives to the rest of the program: one frozen record of functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from examengine.core.evidence import Evidence
from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Item


class Mark(StrEnum):
    """What a response came to; blank is not wrong even where a rule scores both alike."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    BLANK = "blank"
    UNGRADED = "ungraded"
    """The grader was unavailable: no score yet, and never a zero."""


class Measured(Model):
    """What a part that rests on a metric came to; numbers rounded to the step that decides its points."""

    metric: str
    """The metric's name, as the exercise writes it."""
    values: tuple[Exact, ...] = ()
    """One for each seed."""
    lower_bound: Exact | None = None
    """The bound on the worse side, which earns the points; none where the measurement did not end."""
    anchors: tuple[tuple[Exact, Exact], ...]
    failed_checks: tuple[str, ...] = ()


class PartScore(Model):
    """Points of one part of an item, in the domain that the part serves."""

    id: str
    title: str
    domain: str
    earned: Exact
    possible: Exact
    tests_passed: int = 0
    tests: int = 0
    measured: Measured | None = None
    """None where tests decide."""


class FileEdit(Model):
    """One change of one file: characters taken out and put in at a place; offsets count characters."""

    file: str
    at: int
    removed: int
    inserted: str

    def apply(self, text: str) -> str:
        """Return the text with the change made.

        Raises:
            ValueError: the change does not lie within the text.
        """
        if self.at < 0 or self.removed < 0 or self.at + self.removed > len(text):
            raise ValueError(f"edit at {self.at} of {self.removed} characters leaves a text of {len(text)}")
        return text[: self.at] + self.inserted + text[self.at + self.removed :]

    @classmethod
    def between(cls, file: str, before: str, after: str) -> "FileEdit | None":
        """Return the smallest single change that turns one text into the other; none if they are equal."""
        if before == after:
            return None
        start = _shared_length(before, after)
        tail = _shared_length(before[start:][::-1], after[start:][::-1])
        return cls(file=file, at=start, removed=len(before) - start - tail, inserted=after[start : len(after) - tail])


def _shared_length(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


class ItemScore(Model):
    """Exact points of one item, as a share of one point unless the type carries points of its own."""

    earned: Exact
    possible: Exact
    mark: Mark
    parts: tuple[PartScore, ...] = ()
    """Where an item serves several domains: its parts, which add up to the whole."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One flaw of one item, for its author."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of an item's answer in a report: an option, statement, pair or place, and what became of it."""

    label: str
    """`A`, `2`, `2B`, or the answer itself."""
    text: str
    verdict: str
    """A few words, or empty."""
    rationale: str
    is_key: bool = False
    """Shown with a tick."""
    is_picked: bool = False
    """Part of the response; shown with a cross where it is not the key."""


@dataclass(frozen=True, slots=True)
class ResponseSpace:
    """What may be answered: every possible response by its number, or the classes of responses that a rule tells apart.

    `unread` names responses of a candidate who reads nothing: everything ticked, the same word everywhere.
    """

    count: int
    at: Callable[[int], Any]
    """Number from 0 to the response; IndexError beyond the last."""
    unread: tuple[tuple[str, Any], ...] = ()
    classes: tuple[str, ...] = ()
    """Where the responses stand for classes: the name of each."""

    @classmethod
    def of_classes(cls, named: Sequence[tuple[str, Any]]) -> "ResponseSpace":
        """Return the space of some named responses, each of which stands for a class."""
        return cls(
            count=len(named),
            at=lambda number: named[number][1],
            classes=tuple(name for name, _ in named),
        )


@dataclass(frozen=True, slots=True)
class ItemTypeSpec:
    """The record that `registry` holds for each type.

    The functions take `Any` where they take their own model: the registry pairs each model with its functions.
    """

    name: str
    title: str
    model: type[Item]
    response_model: type[Model]
    rules: tuple[str, ...]
    """Scoring rules offered; the first is the default."""
    score: Callable[[Any, Any, Evidence | None], ItemScore]
    correct_response: Callable[[Any], Any]
    is_complete: Callable[[Any, Any], bool]
    is_blank: Callable[[Any, Any], bool]
    """(item, response) -> whether the candidate left it as it was."""
    lint: Callable[[Any], Sequence[LintFinding]]
    summarise: Callable[[Any, Any, Sequence[str]], str]
    """(item, response, option order) -> one line of plain text."""
    parse_line: Callable[[Any, str, Sequence[str]], Any]
    """(item, text typed in line mode, option order) -> response; ValueError says what would be right."""
    explain: Callable[[Any, Any], Sequence[tuple[str, str, str]]]
    """(item, response) -> (label or option id, verdict word or empty, rationale), for feedback."""
    widget: str
    """Dotted name of the Textual widget, imported by the TUI alone."""
    apply_edit: Callable[[Any, Any, FileEdit], Any] | None = None
    """(item, response, edit) -> response, for types whose responses are files."""
    ask_lines: Callable[[Any, Sequence[str]], Sequence[str]] | None = None
    """(item, option order) -> plain text below the stem, for types that show more than lettered options."""
    answer_lines: Callable[[Any, Any, Sequence[str]], Sequence[AnswerLine]] | None = None
    """(item, response, option order) -> lines of a report, for types whose answer is not one of lettered options."""
    whole_stem: Callable[[Any], str] | None = None
    """Item -> Markdown for reports, for types that ask in more than the stem."""
    responses: Callable[[Any], ResponseSpace] | None = None
    """Item -> what may be answered, for the table of scores; none where only tests decide."""

    def empty_response(self) -> Model:
        """Return the response of a candidate who has not touched the item."""
        return self.response_model()


def share(part: int | Fraction, whole: int) -> Fraction:
    """Return part of whole, within nothing and one."""
    return max(Fraction(0), min(Fraction(1), Fraction(part) / whole))


def mark_of(earned: Fraction, possible: Fraction, *, is_blank: bool) -> Mark:
    """Return the mark that points stand for."""
    if is_blank:
        return Mark.BLANK
    if earned == possible:
        return Mark.RIGHT
    return Mark.PARTIAL if earned > 0 else Mark.WRONG


def position_label(index: int) -> str:
    """Return what the candidate sees beside the option at a position: A, B, C."""
    return chr(ord("A") + index)
