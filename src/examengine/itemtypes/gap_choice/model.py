"""The gap-choice item and its response."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.model import Model
from examengine.itemtypes.choice import require_known_keys
from examengine.itemtypes.item import Item, Option, Prose, Slug
from examengine.itemtypes.numbered import one_line, require_told_apart

Rule = Literal["proportional", "all_or_nothing"]
Code = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+#-]{1,30}$")]
MARKER = re.compile(r"\[\[([a-z0-9][a-z0-9_-]*)\]\]")
"""How a gap stands in the text; what names no gap is left as it is (`x[[cols]]`)."""
_LONGEST_OPTION = 120


class Gap(Model):
    """One gap with the options that may fill it."""

    id: Slug
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)
    key: Slug

    @model_validator(mode="after")
    def _key_is_an_option(self) -> Self:
        require_known_keys(self.options, (self.key,))
        for option in self.options:
            if "\n" in option.text or len(option.text) > _LONGEST_OPTION:
                raise ValueError(
                    f"option {option.id!r} is too long for a gap; write one line of at most"
                    f" {_LONGEST_OPTION} characters"
                )
        return self


class GapChoice(Item):
    """One to twelve gaps in a text (paragraphs, lists, tables) or in code."""

    type: Literal["gap_choice"]
    text: Prose | None = None
    """Markdown with gaps `[[gap-id]]`; exactly one of `text` and `code` is given."""
    code: Code | None = None
    language: Language = "python"
    """Of the code, for its colours."""
    gaps: tuple[Gap, ...] = Field(min_length=1, max_length=12)
    rule: Rule = "proportional"

    @model_validator(mode="after")
    def _gaps_stand_in_the_text(self) -> Self:
        if (self.text is None) == (self.code is None):
            raise ValueError("exactly one of `text` and `code` holds the gaps; give that one")
        ids = [gap.id for gap in self.gaps]
        require_told_apart("gap", ids)
        field = "text" if self.code is None else "code"
        places = [name for name in MARKER.findall(self.body) if name in ids]
        for name in ids:
            if places.count(name) != 1:
                count = "does not stand" if name not in places else f"stands {places.count(name)} times"
                raise ValueError(f"gap {name!r} {count} in `{field}`; write [[{name}]] there once")
            if f"[[{name}]]" in self.stem:
                raise ValueError(f"stem holds the gap [[{name}]]; gaps stand in `{field}` alone")
        if places != ids:
            raise ValueError(f"gaps stand in the order {', '.join(places)} in `{field}`; list them in that order")
        for word in sorted(self.words_offered_everywhere()):
            if len(self.gaps) > 1 and self.hits_of_word(word) == len(self.gaps):
                raise ValueError(
                    f"gaps are all to be filled with '{word}'; give at least one another key, so that the same word"
                    " everywhere earns nothing"
                )
        return self

    @property
    def body(self) -> str:
        """Return the text or code that holds the gaps."""
        return self.text if self.text is not None else self.code or ""

    def option_ids(self) -> tuple[str, ...]:
        """Return `gap/option` for every option, as the author ordered them."""
        return tuple(f"{gap.id}/{option.id}" for gap in self.gaps for option in gap.options)

    def words_offered_everywhere(self) -> frozenset[str]:
        """Return the texts that every gap offers."""
        offered = [frozenset(one_line(option.text) for option in gap.options) for gap in self.gaps]
        return frozenset.intersection(*offered)

    def hits_of_word(self, word: str) -> int:
        """Return how many gaps have a text as their key."""
        return sum(one_line(option.text) == word for gap in self.gaps for option in gap.options if option.id == gap.key)


class GapChoiceResponse(Model):
    """Gap to option, for those filled so far."""

    gaps: dict[Slug, Slug] = Field(default_factory=dict, max_length=24)
