"""The multiple-response item and its response."""

from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, model_validator

from examengine.core.model import Model
from examengine.itemtypes.choice import require_known_keys
from examengine.itemtypes.item import Item, Option, Slug

Rule = Literal["all_or_nothing", "net_correct", "each_option", "coverage"]


class MultipleResponse(Item):
    """One or more keys among three to ten options, at least one option being a distractor."""

    type: Literal["multiple_response"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=10)
    keys: tuple[Slug, ...] = Field(min_length=1)
    choose: int | Literal["all"] = "all"
    """How many the candidate is told to pick; `all`: all that apply."""
    rule: Rule = "all_or_nothing"

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        require_known_keys(self.options, self.keys)
        if len(set(self.keys)) != len(self.keys):
            raise ValueError("a key stands twice")
        if len(self.keys) == len(self.options):
            raise ValueError("every option is a key; an item needs at least one distractor")
        if self.choose != "all" and self.choose != len(self.keys):
            raise ValueError(f"choose is {self.choose}, but there are {len(self.keys)} keys")
        return self

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options, as the author ordered them."""
        return tuple(option.id for option in self.options)


class MultipleResponseResponse(Model):
    """The options picked so far."""

    options: Annotated[frozenset[Slug], PlainSerializer(sorted, return_type=list[str])] = frozenset()
