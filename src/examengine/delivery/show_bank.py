"""What a bank holds, by objective; and one item with its key, for its author."""

import difflib
from collections import Counter

from examengine.bank.bank import Bank
from examengine.bank.check_templates import count_instances
from examengine.core.errors import UsageError
from examengine.core.model import Model
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.services import Services
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import ItemTypeSpec


class ObjectiveRow(Model):
    """How many items an objective has, by type."""

    domain: str
    objective: str
    types: dict[str, int]


class BankSummary(Model):
    """A bank at a glance."""

    id: str
    title: str
    version: str
    licence: str
    digest: str
    folder: str
    objectives: tuple[ObjectiveRow, ...]
    blueprints: tuple[str, ...]


class ShownItem(Model):
    """An item with everything that its author wrote."""

    text: str
    item: dict[str, object]


def show_bank(services: Services, name: str) -> BankSummary:
    """Return what a bank holds."""
    bank = open_named_bank(services, name)
    counts: dict[str, Counter[str]] = {}
    for item in [*bank.items, *(exercise.package.item for exercise in bank.exercises)]:
        counts.setdefault(item.objective, Counter())[item.type] += 1
    return BankSummary(
        id=bank.id,
        title=bank.manifest.title,
        version=bank.manifest.version,
        licence=bank.manifest.licence,
        digest=bank.digest,
        folder=bank.folder,
        objectives=tuple(
            ObjectiveRow(domain=domain.id, objective=objective.id, types=dict(counts.get(objective.id, Counter())))
            for domain in bank.manifest.domains
            for objective in domain.objectives
        ),
        blueprints=tuple(blueprint.id for blueprint in bank.blueprints),
    )


def show_item(services: Services, name: str, item_id: str) -> ShownItem:
    """Return one item with its key and rationales.

    Raises:
        UsageError: the bank has no such item; the message names the nearest.
    """
    bank = open_named_bank(services, name)
    item = bank.item_named(item_id) or bank.item_named(f"{bank.id}.{item_id}")
    if item is None:
        near = difflib.get_close_matches(item_id, _ids(bank), n=3, cutoff=0.4)
        raise UsageError(
            f"bank {bank.id} has no item {item_id!r}", hint=f"did you mean {', '.join(near)}" if near else ""
        )
    spec = spec_of(item)
    lines = [
        f"{item.id}  ({spec.title.lower()}, {item.objective}, {item.difficulty}, {item.cognitive}, {item.seconds} s)"
    ]
    if isinstance(item, Coding):
        lines.append(item.title)
    if item.id in bank.templates:
        count = count_instances(bank.templates[item.id])
        lines.append(f"one of {'' if count.is_whole else 'at least '}{count.distinct} instances of its template")
    if item.stimulus is not None:
        lines.append(f"stands on {item.stimulus}, with {len(bank.testlet(item.stimulus)) - 1} more")
    lines += ["", (item.stem if spec.whole_stem is None else spec.whole_stem(item)).rstrip(), ""]
    for label, verdict, text, rationale in _answer(item, spec):
        mark = f" [{verdict}]" if verdict else ""
        if label:
            lines += [f"{label}{mark} {text}".rstrip(), f"    {rationale}"]
    if isinstance(item, Coding):
        for part in item.parts:
            lines += [f"part {part.id}: {part.title}, {float(part.points):g} points, {part.domain}"]
            lines += [f"    {test}" for test in part.tests]
    lines += ["", item.rationale.rstrip()]
    lines += [f"{reference.title} {reference.url or ''}".rstrip() for reference in item.references]
    return ShownItem(text="\n".join(lines), item=item.model_dump(mode="json"))


def _answer(item: Item, spec: ItemTypeSpec) -> list[tuple[str, str, str, str]]:
    """Return label, verdict, text and rationale of each line of the answer."""
    empty = spec.empty_response()
    if spec.answer_lines is not None:
        lines = spec.answer_lines(item, empty, item.option_ids())
        return [(line.label, line.verdict, line.text, line.rationale) for line in lines]
    texts = {option.id: option.text for option in getattr(item, "options", ())}
    return [(label, verdict, texts.get(label, ""), why) for label, verdict, why in spec.explain(item, empty)]


def _ids(bank: Bank) -> list[str]:
    return [item.id for item in bank.items] + [exercise.package.item.id for exercise in bank.exercises]
