"""What in an item is a choice among options: the one view that flaws and test-wise candidates look at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examengine.itemtypes.gap_choice.model import GapChoice
from examengine.itemtypes.item import Item
from examengine.itemtypes.matching.model import Matching
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.ordering.model import Ordering
from examengine.itemtypes.yes_no_series.model import YesNoSeries

Kind = Literal["options", "gap", "statements", "surplus", "pair"]

ABSOLUTE = re.compile(
    r"\b(always|never|all|none|every|everything|nothing|no one|nobody|only|must|cannot|impossible|completely"
    r"|entirely|guarantees?|guaranteed|invariably|in any case)\b",
    re.IGNORECASE,
)
"""Words that leave no exception; people who know nothing avoid options that have them."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """about above after again against also among another because been before being below best between both cannot
    could does doing down during each either else ever every following from further have having here into itself just
    least less like likely many more most much must neither none only onto other over same should since some such than
    that their them then there these they this those through under until upon very want what when where which while
    will with within without would your""",
    )
)
_NUMBER = re.compile(r"^(?:about |roughly )?(?P<number>[-−+]?[\d.,/]+)\s*(?P<unit>\D{0,20})$")  # noqa: RUF001 - as typed
_THOUSANDS = re.compile(r"(?<=\d)(?<!\b0),(?=\d{3}(?!\d))")
_SAME_WORD = 6
"""Letters: words that begin alike (train, trained, training) count as one."""


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """One choice of an item; options are counted from 0 in the author's order."""

    item: str
    objective: str
    kind: Kind
    stem: str
    """What is asked; of a pair the prompt."""
    options: tuple[str, ...]
    keys: frozenset[int]
    picks: int
    """How many a candidate picks who does not know how many keys there are, unless the item says it."""
    field: str
    """Path of the list of options within the item."""
    is_shuffled: bool


def choice_questions(item: Item) -> Iterator[ChoiceQuestion]:
    """Yield the choices of an item: none where something is typed.

    A gap is a choice; the statements of a series are one (which are true?), and so are the options of a build list
    of which some belong nowhere. Of a matching item there is one pair: prompt and option that share the most words.
    """

    def question(kind: Kind, stem: str, options: list[str], keys: set[int], picks: int, field: str) -> ChoiceQuestion:
        texts = tuple(" ".join(text.split()) for text in options)
        return ChoiceQuestion(
            item.id, item.objective, kind, stem, texts, frozenset(keys), picks, field, is_shuffled=item.shuffle
        )

    match item:
        case MultipleChoice():
            texts = [one.text for one in item.options]
            yield question("options", item.stem, texts, {item.option_ids().index(item.key)}, 1, "options")
        case MultipleResponse():
            texts = [one.text for one in item.options]
            keys = {item.option_ids().index(key) for key in item.keys}
            picks = len(texts) // 2 if item.choose == "all" else item.choose
            yield question("options", item.stem, texts, keys, picks, "options")
        case GapChoice():
            for index, gap in enumerate(item.gaps):
                ids = [one.id for one in gap.options]
                texts = [one.text for one in gap.options]
                yield question("gap", item.stem, texts, {ids.index(gap.key)}, 1, f"gaps.{index}.options")
        case YesNoSeries():
            texts = [one.text for one in item.statements]
            keys = {index for index, one in enumerate(item.statements) if one.answer == "yes"}
            yield question("statements", item.stem, texts, keys, len(texts) // 2, "statements")
        case Ordering() if len(item.order) < len(item.options):
            texts = [one.text for one in item.options]
            keys = {item.option_ids().index(name) for name in item.order}
            yield question("surplus", item.stem, texts, keys, len(keys), "options")
        case Matching():
            texts = [one.text for one in item.options]
            prompt = max(item.prompts, key=lambda one: max(shared_words(one.text, text) for text in texts))
            keys = {item.option_ids().index(item.key[prompt.id])}
            yield question("pair", prompt.text, texts, keys, 1, "options")
        case _:
            return


def content_words(text: str) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning, in lower case."""
    return frozenset(word[:_SAME_WORD] for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def numbers_of(options: Sequence[str]) -> list[Fraction] | None:
    """Return the options as numbers; None unless all are numbers of one unit. `1,200` is twelve hundred."""
    values: list[Fraction] = []
    units: set[str] = set()
    for text in options:
        found = _NUMBER.match(text.strip().rstrip("."))
        value = read_number(_THOUSANDS.sub("", found["number"])) if found is not None else None
        if found is None or value is None:
            return None
        values.append(value)
        units.add(found["unit"].strip().lower())
    return values if len(units) == 1 else None


def shared_words(one: str, other: str) -> int:
    """Return how many words that carry meaning stand in both texts."""
    return len(content_words(one) & content_words(other))
