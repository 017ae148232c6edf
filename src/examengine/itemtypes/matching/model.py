"""The matching item and its response."""

from typing import Literal, Self

from pydantic import Field, model_validator

from examengine.core.model import Model
from examengine.itemtypes.choice import require_known_keys
from examengine.itemtypes.item import Item, Option, Prose, Slug
from examengine.itemtypes.numbered import require_told_apart

Rule = Literal["all_or_nothing", "proportional"]


class Prompt(Model):
    """One thing to find the match of."""

    id: Slug
    text: Prose
    rationale: Prose | None = None
    """Why its match is right, where the option's own rationale does not say it."""


class Matching(Item):
    """Two to ten prompts, each to be matched with one of two to ten options."""

    type: Literal["matching"]
    prompts: tuple[Prompt, ...] = Field(min_length=2, max_length=10)
    options: tuple[Option, ...] = Field(min_length=2, max_length=10)
    key: dict[Slug, Slug]
    """Prompt to option."""
    reuse: bool = False
    """Whether an option may be the match of several prompts."""
    rule: Rule = "all_or_nothing"

    @model_validator(mode="after")
    def _key_fits(self) -> Self:
        prompts, options = [one.id for one in self.prompts], self.option_ids()
        require_told_apart("prompt", prompts)
        require_known_keys(self.options, ())
        for prompt, option in self.key.items():
            if prompt not in prompts:
                raise ValueError(f"key names {prompt!r}, which is not a prompt; the prompts are {', '.join(prompts)}")
            if option not in options:
                raise ValueError(f"key {option!r} is not an option; the options are {', '.join(options)}")
        missing = [prompt for prompt in prompts if prompt not in self.key]
        if missing:
            raise ValueError(f"key has no option for prompt {missing[0]!r}; add `{missing[0]}: <option>`")
        used = list(self.key.values())
        if len(set(used)) == 1:
            raise ValueError(
                f"key gives every prompt option {used[0]!r}; give at least one prompt another, so that the same"
                " option everywhere earns nothing"
            )
        repeated = sorted({option for option in used if used.count(option) > 1})
        if repeated and not self.reuse:
            raise ValueError(f"key uses option {repeated[0]!r} twice; say `reuse: true` or give each prompt its own")
        return self

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options, as the author ordered them."""
        return tuple(option.id for option in self.options)


class MatchingResponse(Model):
    """Prompt to option, for those matched so far."""

    pairs: dict[Slug, Slug] = Field(default_factory=dict, max_length=20)
