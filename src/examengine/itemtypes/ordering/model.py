"""The ordering item (a build list) and its response."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from examengine.core.model import Model
from examengine.itemtypes.choice import require_known_keys
from examengine.itemtypes.item import Item, Option, Slug

Rule = Literal["all_or_nothing", "position", "longest_common_subsequence", "adjacent"]
_SHUFFLES = "the list that is shown would be the answer"


class Ordering(Item):
    """Two to ten options, of which those in `order` are to be put in that order; the others belong nowhere."""

    type: Literal["ordering"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=10)
    order: tuple[Slug, ...] = Field(min_length=2)
    """The key: first to last."""
    rule: Rule = "all_or_nothing"

    @model_validator(mode="after")
    def _order_fits(self) -> Self:
        known = [option.id for option in self.options]
        for name in self.order:
            if name not in known:
                raise ValueError(f"order {name!r} is not an option; the options are {', '.join(known)}")
        require_known_keys(self.options, ())
        repeated = sorted({name for name in self.order if self.order.count(name) > 1})
        if repeated:
            raise ValueError(f"order {repeated[0]!r} stands twice; each option has one place")
        if not self.shuffle and self.option_ids()[: len(self.order)] == self.order:
            raise ValueError(
                f"options stand in the order of the key and are not shuffled, so that {_SHUFFLES};"
                " leave out `shuffle: false` or write them in another order"
            )
        return self

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options, as the author ordered them."""
        return tuple(option.id for option in self.options)


class OrderingResponse(Model):
    """The list built so far, first to last."""

    order: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _no_option_twice(self) -> Self:
        if len(set(self.order)) != len(self.order):
            raise ValueError("an option stands twice in the list")
        return self
