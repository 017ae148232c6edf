"""The yes/no series and its response."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from examengine.core.model import Model
from examengine.itemtypes.item import Item, Prose, Slug
from examengine.itemtypes.numbered import require_told_apart

Rule = Literal["proportional", "all_or_nothing"]
_SYNONYMS = {"true": "yes", "false": "no"}


def _as_answer(value: Any) -> Any:
    text = str(value).lower() if isinstance(value, bool | str) else value
    return _SYNONYMS.get(text, text) if isinstance(text, str) else text


Answer = Annotated[
    Literal["yes", "no"],
    BeforeValidator(_as_answer),
    WithJsonSchema({"enum": ["yes", "no", True, False, "true", "false"]}, mode="validation"),
]
"""`true` and `false` may be written for `yes` and `no`."""


class Statement(Model):
    """One statement to judge."""

    id: Slug
    text: Prose
    answer: Answer
    rationale: Prose


class YesNoSeries(Item):
    """Two to ten statements; at least one is to be answered yes and one no."""

    type: Literal["yes_no_series"]
    statements: tuple[Statement, ...] = Field(min_length=2, max_length=10)
    labels: Literal["Yes/No", "True/False"] = "Yes/No"
    """The words that the candidate sees."""
    rule: Rule = "proportional"

    @model_validator(mode="after")
    def _both_answers_occur(self) -> Self:
        require_told_apart("statement", [one.id for one in self.statements])
        answers = {one.answer for one in self.statements}
        if len(answers) == 1:
            word = self.word(answers.pop())
            raise ValueError(
                f"statements are all to be answered {word}; give at least one the other answer,"
                " so that the same word everywhere earns nothing"
            )
        return self

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the statements, as the author ordered them."""
        return tuple(one.id for one in self.statements)

    def word(self, answer: str) -> str:
        """Return what the candidate sees for an answer."""
        return self.labels.split("/")[0 if answer == "yes" else 1]


class YesNoSeriesResponse(Model):
    """Statement to answer, for those answered so far."""

    answers: dict[Slug, Literal["yes", "no"]] = Field(default_factory=dict, max_length=20)
