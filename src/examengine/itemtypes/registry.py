"""The item types that exist: one row each."""

from collections.abc import Mapping
from types import MappingProxyType

from examengine.core.errors import UsageError
from examengine.itemtypes.coding.spec import SPEC as CODING
from examengine.itemtypes.gap_choice.spec import SPEC as GAP_CHOICE
from examengine.itemtypes.item import Item
from examengine.itemtypes.matching.spec import SPEC as MATCHING
from examengine.itemtypes.multiple_choice.spec import SPEC as MULTIPLE_CHOICE
from examengine.itemtypes.multiple_response.spec import SPEC as MULTIPLE_RESPONSE
from examengine.itemtypes.numeric.spec import SPEC as NUMERIC
from examengine.itemtypes.ordering.spec import SPEC as ORDERING
from examengine.itemtypes.short_text.spec import SPEC as SHORT_TEXT
from examengine.itemtypes.spec import ItemTypeSpec
from examengine.itemtypes.yes_no_series.spec import SPEC as YES_NO_SERIES

ITEM_TYPES: Mapping[str, ItemTypeSpec] = MappingProxyType(
    {
        spec.name: spec
        for spec in (
            MULTIPLE_CHOICE,
            MULTIPLE_RESPONSE,
            YES_NO_SERIES,
            ORDERING,
            MATCHING,
            GAP_CHOICE,
            NUMERIC,
            SHORT_TEXT,
            CODING,
        )
    }
)


def spec_of(item: Item) -> ItemTypeSpec:
    """Return the record of an item's type."""
    return ITEM_TYPES[item.type]


def spec_named(name: str) -> ItemTypeSpec:
    """Return the record of a type.

    Raises:
        UsageError: there is no such type; the message lists those there are.
    """
    if name not in ITEM_TYPES:
        raise UsageError(f"{name!r} is not an item type", hint=f"there are {', '.join(sorted(ITEM_TYPES))}")
    return ITEM_TYPES[name]


def read_item(data: object) -> Item:
    """Return the item of a JSON value that was written by `model_dump(mode='json')`."""
    if not isinstance(data, dict) or data.get("type") not in ITEM_TYPES:
        raise ValueError("not an item")
    return ITEM_TYPES[data["type"]].model.model_validate(data)
