"""The multiple-choice item and its response."""

from typing import Literal, Self

from pydantic import Field, model_validator

from examengine.core.model import Model
from examengine.itemtypes.choice import require_known_keys
from examengine.itemtypes.item import Item, Option, Slug


class MultipleChoice(Item):
    """One key among two to eight options."""

    type: Literal["multiple_choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)
    key: Slug
    rule: Literal["right_wrong"] = "right_wrong"

    @model_validator(mode="after")
    def _key_is_an_option(self) -> Self:
        require_known_keys(self.options, (self.key,))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options, as the author ordered them."""
        return tuple(option.id for option in self.options)


class MultipleChoiceResponse(Model):
    """One option, or none yet."""

    option: Slug | None = None
