"""The short-text item and its response."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Item, Prose
from examengine.itemtypes.short_text.normalising import Normalising
from examengine.itemtypes.short_text.patterns import PatternError, check_pattern

LONGEST = 200
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
PatternText = Annotated[str, StringConstraints(min_length=1, max_length=300)]


def _require_credit(credit: Fraction) -> None:
    if not 0 < credit <= 1:
        raise ValueError("credit lies above 0 and is at most 1")


def _require_pattern(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except PatternError as error:
        raise ValueError(
            f"pattern '{pattern}' cannot be read ({error}); write it in RE2's syntax, which has no back-references"
            " and no look-around"
        ) from error


class Accepted(Model):
    """A text that earns something."""

    text: ShortText
    credit: Exact = Fraction(1)
    rationale: Prose | None = None
    """What a text with part of the credit lacks."""

    @model_validator(mode="after")
    def _credit_in_bounds(self) -> Self:
        _require_credit(self.credit)
        return self


class AcceptedPattern(Model):
    """A regular expression whose whole matches earn something."""

    pattern: PatternText
    credit: Exact = Fraction(1)
    rationale: Prose | None = None

    @model_validator(mode="after")
    def _is_read(self) -> Self:
        _require_credit(self.credit)
        _require_pattern(self.pattern)
        return self


class TextSlip(Model):
    """A wrong text that a known mistake leads to: a text or a pattern."""

    text: ShortText | None = None
    pattern: PatternText | None = None
    rationale: Prose

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.text is None) == (self.pattern is None):
            raise ValueError("a slip has exactly one of `text` and `pattern`")
        if self.pattern is not None:
            _require_pattern(self.pattern)
        return self


class ShortTextItem(Item):
    """A text of a few words to type."""

    type: Literal["short_text"]
    answers: tuple[Accepted, ...] = Field(min_length=1, max_length=40)
    """The first is the one that is shown as the key; it gives full credit."""
    patterns: tuple[AcceptedPattern, ...] = Field(default=(), max_length=20)
    slips: tuple[TextSlip, ...] = Field(default=(), max_length=40)
    normalise: Normalising = Normalising()
    rule: Literal["accepted_answers"] = "accepted_answers"

    @model_validator(mode="after")
    def _answers_agree(self) -> Self:
        if self.answers[0].credit != 1:
            raise ValueError("answers begin with the key, and the key gives full credit; give it no `credit`")
        known: dict[str, Fraction] = {}
        for answer in self.answers:
            plain = self.normalise.plain(answer.text)
            if not plain:
                raise ValueError(f"text '{answer.text}' is empty after normalising; accept what can be compared")
            if known.setdefault(plain, answer.credit) != answer.credit:
                raise ValueError(
                    f"text '{answer.text}' equals another answer after normalising, with another credit; keep one"
                )
        return self


class ShortTextResponse(Model):
    """What was typed, as typed."""

    text: Annotated[str, StringConstraints(max_length=LONGEST)] = ""
