"""Parameters to concrete items: which instance of a template a form holds."""

from examengine.bank.template.item_template import ItemTemplate, shown_values
from examengine.core.errors import BankError
from examengine.itemtypes.item import Item


def concrete_item(
    template: ItemTemplate, seed: int, shunned: frozenset[str] = frozenset()
) -> tuple[Item, dict[str, str]]:
    """Return the instance of a seed, the same on every machine, and the values drawn for it, written exactly.

    Args:
        template: what to draw from.
        seed: of the form.
        shunned: keys of instances that come only where there is no other.

    Raises:
        BankError: no draw of the seed gives a sound item.
    """
    found = template.first_sound(seed, shunned)
    if found is None:
        raise BankError(
            f"no values were found for {template.id} that give a sound item",
            hint="`examengine bank check` tells which values do not",
        )
    drawn, item = found
    return item, shown_values(drawn)
