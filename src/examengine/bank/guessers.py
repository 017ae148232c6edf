"""Test-wise candidates: they know nothing of the field, go by one habit of item writers each, and sit a whole bank.

A candidate narrows a choice down to some options by their looks alone. Were the keys strewn over the options by
chance, the number of keys among those would follow a hypergeometric distribution, choice by choice, and their sum
over the bank is known exactly: no key is looked at to say what chance gives. Options that look alike to a candidate
stay in together, so that ties need no drawing of lots. Templates take part with the instance that stands for them.

The bound is one-sided. All candidates together stay within theirs with a probability of at least 99 % in a bank
without cues: each of k candidates has a level of 1 % / k (Bonferroni, which holds however much they have in common).
Where the key stands in the author's order is shown for shuffled items too, but decides nothing: a form shows them in
another order. It decides for items with `shuffle: false`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from rapidfuzz import fuzz

from examengine.bank.choice_questions import ABSOLUTE, ChoiceQuestion, choice_questions, content_words, numbers_of
from examengine.core.model import Model
from examengine.itemtypes.item import Item
from examengine.itemtypes.spec import position_label

LEVEL = 0.01
"""Chance that any candidate at all goes beyond its bound in a bank without cues, at most."""
FEWEST = 12
"""Choices: on fewer no candidate is judged."""
_POSITIONS = 8
_NEGLIGIBLE = 1e-30
"""Tails beyond this are dropped; the smallest level that is asked for is a million million million times larger."""
_COMPARED = 500
"""Characters of an option that are compared with others."""
_DETAIL = re.compile(
    r"[,;:()]|\d+|\b(because|so that|such as|while|with|without|by|after|before|until|unless|whenever|where|since"
    r"|instead of|rather than|as well as|in order to)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(may|might|can|could|usually|often|typically|generally|likely|probably|tends?|some|sometimes|about|mostly)\b",
    re.IGNORECASE,
)

Appeal = Callable[[ChoiceQuestion], Sequence[float] | None]
"""How much each option appeals to a candidate; None: no opinion."""


class DomainHits(Model):
    """What a candidate reaches in one domain."""

    questions: int
    hits: int
    chance: float


class GuesserResult(Model):
    """What one test-wise candidate reaches in a bank."""

    strategy: str
    """`longest-option`, `position-a`…"""
    order: str
    """`any`, or whose order of the options it goes by: `form` (items that are not shuffled) or `author`."""
    questions: int
    """Choices on which the candidate has an opinion: it keeps some options and drops others."""
    hits: int
    """Keys among the options that it keeps in those."""
    chance: float
    """Hits that chance would give on average."""
    bound: int
    """The most hits that pass."""
    probability: float
    """Of as many hits or more by chance."""
    score: float
    """Mean share of a pick that is right over all choices of the kind, opinion or not, where it picks among what it
    keeps by lot."""
    chance_score: float
    """The same by chance alone."""
    decides: bool
    """Whether the check rests on it."""
    fails: bool
    """Whether it decides, and beats chance beyond its bound."""
    feeds: tuple[str, ...]
    """Items in which it reaches more than chance gives, the least likely hits first."""
    domains: dict[str, DomainHits]


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One choice as one candidate answers it."""

    question: ChoiceQuestion
    kept: frozenset[int]

    @property
    def hits(self) -> int:
        return len(self.kept & self.question.keys)

    @property
    def chances(self) -> tuple[float, ...]:
        """The probability of 0, 1, 2… hits by chance."""
        options, keys, kept = len(self.question.options), len(self.question.keys), len(self.kept)
        whole = comb(options, kept)
        return tuple(
            comb(keys, hits) * comb(options - keys, kept - hits) / whole if hits <= keys and kept >= hits else 0.0
            for hits in range(min(keys, kept) + 1)
        )

    @property
    def expected(self) -> float:
        return len(self.kept) * len(self.question.keys) / len(self.question.options)


def sit_guessers(items: Sequence[Item]) -> tuple[GuesserResult, ...]:
    """Let every test-wise candidate sit the items; the same items give the same results on every machine."""
    questions = [question for item in items for question in choice_questions(item)]
    sat: list[tuple[str, str, list[_Sitting]]] = []
    for name, appeal in STRATEGIES.items():
        fitting = [one for one in questions if one.kind != "pair" or name == "stem-overlap"]
        sat.append((name, "any", [_Sitting(one, _keep(one, appeal(one))) for one in fitting]))
    for order in ("form", "author"):
        ordered = [one for one in questions if one.kind != "pair" and one.is_shuffled == (order == "author")]
        for position in range(_POSITIONS):
            there = [_Sitting(one, frozenset({position})) for one in ordered if position < len(one.options)]
            if there:
                sat.append((f"position-{position_label(position).lower()}", order, there))
    # Who is judged depends on the options alone, so the level may depend on it.
    judged = sum(_is_judged(order, sittings) for _, order, sittings in sat)
    return tuple(_result(name, order, sittings, LEVEL / max(1, judged)) for name, order, sittings in sat)


def _is_judged(order: str, sittings: Sequence[_Sitting]) -> bool:
    return order != "author" and sum(_has_opinion(one) for one in sittings) >= FEWEST


def _has_opinion(sitting: _Sitting) -> bool:
    return len(sitting.kept) < len(sitting.question.options)


def _result(name: str, order: str, sittings: Sequence[_Sitting], level: float) -> GuesserResult:
    told = [one for one in sittings if _has_opinion(one)]
    hits = sum(one.hits for one in told)
    lowest, chances = _distribution(one.chances for one in told)
    bound, probability = _bound(lowest, chances, level), _at_least(lowest, chances, hits)
    decides = _is_judged(order, sittings)
    feeding = sorted(
        (one for one in told if one.hits > one.expected),
        key=lambda one: (sum(one.chances[one.hits :]), one.question.item),
    )
    domains: dict[str, list[_Sitting]] = {}
    for one in told:
        domains.setdefault(one.question.objective.split(".", 1)[0], []).append(one)
    return GuesserResult(
        strategy=name,
        order=order,
        questions=len(told),
        hits=hits,
        chance=round(sum(one.expected for one in told), 2),
        bound=bound,
        probability=float(f"{probability:.3g}"),
        score=_mean(one.hits / len(one.kept) for one in sittings),
        chance_score=_mean(len(one.question.keys) / len(one.question.options) for one in sittings),
        decides=decides,
        fails=decides and hits > bound,
        feeds=tuple(dict.fromkeys(one.question.item for one in feeding)),
        domains={
            domain: DomainHits(
                questions=len(own), hits=sum(one.hits for one in own), chance=round(sum(one.expected for one in own), 2)
            )
            for domain, own in sorted(domains.items())
        },
    )


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return round(sum(known) / len(known), 4) if known else 0.0


def _keep(question: ChoiceQuestion, appeal: Sequence[float] | None) -> frozenset[int]:
    """Return the options that appeal most, as many as are picked, with all that appeal as much as the last of them."""
    everything = frozenset(range(len(question.options)))
    if appeal is None:
        return everything
    least = sorted(appeal, reverse=True)[question.picks - 1]
    return frozenset(index for index in everything if appeal[index] >= least)


def _distribution(chances: Iterable[tuple[float, ...]]) -> tuple[int, list[float]]:
    """Return the distribution of a sum of independent counts: its lowest value that matters, and the probabilities."""
    total: tuple[int, list[float]] = (0, [1.0])
    for own, times in sorted(Counter(chances).items()):
        power, left = (0, list(own)), times
        while left:
            if left & 1:
                total = _sum_of(total, power)
            left >>= 1
            if left:
                power = _sum_of(power, power)
    return total


def _sum_of(one: tuple[int, list[float]], other: tuple[int, list[float]]) -> tuple[int, list[float]]:
    summed = [0.0] * (len(one[1]) + len(other[1]) - 1)
    for index, chance in enumerate(one[1]):
        for place, more in enumerate(other[1], index):
            summed[place] += chance * more
    start = next(index for index, chance in enumerate(summed) if chance > _NEGLIGIBLE)
    end = next(index for index in range(len(summed), 0, -1) if summed[index - 1] > _NEGLIGIBLE)
    return one[0] + other[0] + start, summed[start:end]


def _at_least(lowest: int, chances: Sequence[float], hits: int) -> float:
    return min(1.0, sum(reversed(chances[max(0, hits - lowest) :])))


def _bound(lowest: int, chances: Sequence[float], level: float) -> int:
    """Return the fewest hits that chance exceeds with no more than the probability given."""
    beyond = 0.0
    for index in range(len(chances) - 1, -1, -1):
        beyond += chances[index]
        if beyond > level:
            return lowest + index
    return lowest


def _lengths(question: ChoiceQuestion) -> list[float]:
    return [float(len(text)) for text in question.options]


def _likeness(question: ChoiceQuestion) -> list[float] | None:
    """Return how much each option is like the others on average, from 0 to 100; two are equally like each other."""
    options = [text.lower()[:_COMPARED] for text in question.options]
    if len(options) < 3:
        return None
    return [round(sum(fuzz.token_sort_ratio(text, other) for other in options) / len(options), 6) for text in options]


def _middle(question: ChoiceQuestion) -> list[float] | None:
    """Prefer numbers in the middle: of four the second and the third."""
    known = numbers_of(question.options)
    if known is None or len(set(known)) < 3:
        return None
    return [
        -abs(sum(other < value for other in known) - sum(other > value for other in known)) + 0.0 for value in known
    ]


def _overlaps(question: ChoiceQuestion) -> list[float]:
    asked = content_words(question.stem)
    return [float(len(content_words(text) & asked)) for text in question.options]


def _counts(pattern: re.Pattern[str], sign: int) -> Appeal:
    return lambda question: [float(sign * len(pattern.findall(text))) for text in question.options]


def _opposite(appeal: Appeal) -> Appeal:
    def turned(question: ChoiceQuestion) -> list[float] | None:
        found = appeal(question)
        return None if found is None else [-one for one in found]

    return turned


STRATEGIES: Mapping[str, Appeal] = {
    "longest-option": _lengths,
    "shortest-option": _opposite(_lengths),
    "most-detailed-option": _counts(_DETAIL, 1),
    "absolute-words-avoided": lambda question: [-float(bool(ABSOLUTE.search(text))) for text in question.options],
    "hedged-option": _counts(_HEDGE, 1),
    "stem-overlap": _overlaps,
    "most-like-the-others": _likeness,
    "odd-one-out": _opposite(_likeness),
    "middle-number": _middle,
}
"""Name to what appeals; positions are told apart by `order`."""
