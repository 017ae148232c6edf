"""The items of a bank in order; those that come from the cache are made when they are first looked at."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, overload

from pydantic import Field, TypeAdapter, ValidationError

from examengine.core.errors import StoreError
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import ITEM_TYPES


@cache
def _one() -> TypeAdapter[Item]:
    models: Any = reduce(or_, (spec.model for spec in ITEM_TYPES.values()))
    return TypeAdapter(Annotated[models, Field(discriminator="type")])


@cache
def _all() -> TypeAdapter[list[Item]]:
    models: Any = reduce(or_, (spec.model for spec in ITEM_TYPES.values()))
    return TypeAdapter(list[Annotated[models, Field(discriminator="type")]])


class ItemList(Sequence[Item]):
    """Items as their JSON, each validated when it is made; equal to a tuple of the same items."""

    def __init__(self, ids: Sequence[str], texts: Sequence[bytes]) -> None:
        """Hold items.

        Args:
            ids: of the items, in order.
            texts: each the JSON of one item; as many as ids.
        """
        if len(ids) != len(texts):
            raise ValueError(f"there are {len(ids)} ids and {len(texts)} items")
        self._texts = texts
        self._places = {name: place for place, name in enumerate(ids)}
        self._made: list[Item | None] = [None] * len(texts)
        self._is_whole = not texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(place, slice):
            return self._whole()[place]
        made = self._made[place]
        if made is None:
            try:
                made = _one().validate_json(self._texts[place])
            except ValidationError as error:
                raise _unsound() from error
            self._made[place] = made
        return made

    def __iter__(self) -> Iterator[Item]:
        return iter(self._whole())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ItemList | tuple):
            return self._whole() == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return f"<{len(self)} items>"

    def named(self, name: str) -> Item | None:
        """Return the item of an id."""
        place = self._places.get(name)
        return self[place] if place is not None else None

    def _whole(self) -> tuple[Item, ...]:
        if not self._is_whole:
            try:
                with without_collection():
                    items = _all().validate_json(b"".join((b"[", b",".join(self._texts), b"]")))
            except ValidationError as error:
                raise _unsound() from error
            # What was handed out stays the same object.
            self._made = [old or new for old, new in zip(self._made, items, strict=True)]
            self._is_whole = True
        return tuple(item for item in self._made if item is not None)


def json_of(item: Item) -> bytes:
    """Return an item as one line."""
    return item.model_dump_json().encode()


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the cycle collector from going through a growing bank: it holds no cycles, and costs as much again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _unsound() -> StoreError:
    # The program itself wrote and authenticated it: nothing that a user did leads here.
    return StoreError(
        "an item in the cache of banks is not sound", hint="set EXAMENGINE_NO_CACHE=1 to read banks without the cache"
    )
