"""Finds texts that say nearly the same, without comparing every pair."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz.distance import Indel

_WORD = re.compile(r"[^\W_]+")
_RUN = 3
_COMMON = 40
"""A run of words that stands in more texts than this is a phrase, not a sign of copying."""


_REWORDED = 0.8
"""Of the words, in their order: a text of which every fifth word was replaced shares few runs of three and this."""
_WORTH_A_LOOK = 0.1
"""Of the runs of three words: texts that share less are not compared word by word."""


def find_near_duplicates(texts: Mapping[str, str], least: float = 0.6) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of names whose texts are nearly the same, sorted, with how much they share.

    Pairs are those that share `least` of their runs of three words (Jaccard), or a tenth of them and nearly all of
    their words in order (normalised indel similarity).
    """
    runs = {name: _runs(text) for name, text in sorted(texts.items())}
    words = {name: _WORD.findall(text.lower()) for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if len(names) <= _COMMON:
            for index, one in enumerate(names):
                for other in names[index + 1 :]:
                    shared[one, other] += 1
    # Texts that are equal word by word may consist of phrases alone.
    equal: dict[frozenset[tuple[str, ...]], list[str]] = defaultdict(list)
    for name, own in runs.items():
        equal[own].append(name)
    for names in equal.values():
        for other in names[1:]:
            shared[names[0], other] += 1
    for one, other in sorted(shared):
        both = len(runs[one] & runs[other])
        share = both / (len(runs[one]) + len(runs[other]) - both)
        if _WORTH_A_LOOK <= share < least:
            share = Indel.normalized_similarity(words[one], words[other], score_cutoff=_REWORDED)
        if share >= min(least, _REWORDED):
            yield one, other, share


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    if len(words) < _RUN:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
