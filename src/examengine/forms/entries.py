"""Puts a chosen item on its place in a form."""

from collections.abc import Mapping
from fractions import Fraction

from examengine.bank.template.item_template import ItemTemplate
from examengine.core.digest import digest_json
from examengine.core.keyed_order import keyed_order
from examengine.forms.form import FormEntry
from examengine.forms.parameters import concrete_item
from examengine.itemtypes.item import Item


def make_entry(
    item: Item,
    *,
    number: int,
    section: str,
    domain: str,
    points: Fraction,
    seed: int,
    pretest: bool = False,
    shown: Item | None = None,
    template: ItemTemplate | None = None,
    shunned: frozenset[str] = frozenset(),
) -> FormEntry:
    """Return the entry of an item, its options in the seed's order unless their order carries meaning.

    Args:
        item: as the bank has it; the digest is of this.
        number: place in the form, from 1.
        section: id.
        domain: id.
        points: what it is worth; a pretest item is worth nothing whatever is given.
        seed: of the form.
        pretest: whether it is unscored.
        shown: the item as the form holds it, where that differs from the bank's.
        template: what the item is an instance of; the form holds the instance of its seed.
        shunned: keys of instances that come only where there is no other.

    Raises:
        BankError: the template gives no sound item for the seed.
    """
    digest = digest_json(item.model_dump(mode="json"))
    parameters: dict[str, str] = {}
    if template is not None:
        digest = template.digest()
        shown, parameters = concrete_item(template, seed, shunned)
    item = shown or item
    options = item.option_ids()
    return FormEntry(
        number=number,
        section=section,
        domain=domain,
        pretest=pretest,
        points=Fraction(0) if pretest else points,
        order=tuple(keyed_order(options, seed, "options", item.id)) if item.shuffle else options,
        digest=digest,
        item=item,
        template=template.id if template is not None else "",
        parameters=parameters,
    )


def digest_banks(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 over the digests of banks, by id."""
    return digest_json(dict(digests))
