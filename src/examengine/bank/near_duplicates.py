"""Finds texts that say nearly the same, without comparing every pair."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

_WORD = re.compile(r"[^\W_]+")
_RUN = 3
_COMMON = 40
"""A run of words that stands in more texts than this is a phrase, not a sign of copying."""


def find_near_duplicates(texts: Mapping[str, str], least: float = 0.6) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of names whose texts share at least this part of their runs of three words (Jaccard), sorted."""
    runs = {name: _runs(text) for name, text in sorted(texts.items())}
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
        if share >= least:
            yield one, other, share


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    if len(words) < _RUN:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
