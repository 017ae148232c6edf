"""Orders and numbers that depend on nothing but a seed and names: the same on every machine and Python version."""

import hashlib
from collections.abc import Iterable


def keyed_number(seed: int, *labels: str) -> int:
    """Return a 64-bit number that the seed and the labels decide."""
    text = "\x1f".join((str(seed), *labels))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def keyed_order(names: Iterable[str], seed: int, *labels: str) -> list[str]:
    """Return the names shuffled by the seed; adding a name does not change the order of the others."""
    return sorted(names, key=lambda name: (keyed_number(seed, *labels, name), name))
