"""Mutable values that live on both sides: which local object stands for which of the other's.

A link lasts as long as the receiving side keeps a reference beyond this table. Its snapshot is the
content as both sides last knew it, so that a change on either side is found by comparing bytes.
"""

import sys
from typing import Any, Final


class Link:
    """One mutable object known to both sides."""

    __slots__ = ("imported", "key", "kind", "snapshot", "value")

    def __init__(self, key: int, kind: int, value: Any, *, imported: bool) -> None:
        self.key = key
        self.kind = kind
        self.value = value
        self.imported = imported
        self.snapshot: bytes = b""


class Links:
    """The table of links of one side; `parity` (0 or 1) keeps the two sides' new keys apart."""

    def __init__(self, parity: int) -> None:
        self._next = parity + 2
        self._by_key: dict[int, Link] = {}
        self._by_identity: dict[int, Link] = {}

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, value: Any) -> Link | None:
        """Return the link of this very object."""
        return self._by_identity.get(id(value))

    def get(self, key: int) -> Link | None:
        """Return the link with this key."""
        return self._by_key.get(key)

    def add_own(self, kind: int, value: Any) -> Link:
        """Link an object of this side under a new key."""
        link = Link(self._next, kind, value, imported=False)
        self._next += 2
        self._keep(link)
        return link

    def add_theirs(self, key: int, kind: int, value: Any) -> Link:
        """Link the local copy of an object of the other side."""
        link = Link(key, kind, value, imported=True)
        self._keep(link)
        return link

    def drop(self, key: int) -> None:
        """Forget a link that the other side has ended."""
        link = self._by_key.pop(key, None)
        if link is not None:
            self._by_identity.pop(id(link.value), None)

    def all(self) -> list[Link]:
        """Return the links, oldest first."""
        return list(self._by_key.values())

    def take_unreferenced(self) -> list[int]:
        """End every imported link whose object nobody but this table holds; return their keys.

        Oldest first: a container is freed before its members are looked at.
        """
        ended: list[int] = []
        for link in self._by_key.values():
            if link.imported and sys.getrefcount(link.value) <= _VALUE_REFERENCES:
                ended.append(link.key)
                self._by_identity.pop(id(link.value), None)
                link.value = None
        for key in ended:
            del self._by_key[key]
        return ended

    def _keep(self, link: Link) -> None:
        self._by_key[link.key] = link
        self._by_identity[id(link.value)] = link


def _measure_references() -> int:
    """Count what `getrefcount(link.value)` says of an object that only its link holds."""
    link = Link(0, 0, [], imported=True)
    return sys.getrefcount(link.value)


_VALUE_REFERENCES: Final = _measure_references()
