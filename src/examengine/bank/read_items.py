"""Reads the item files of a bank: items of every type, and templates."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.bank.read_template import is_template, read_template
from examengine.bank.register import Register
from examengine.bank.template.item_template import ItemTemplate
from examengine.bank.wording import shown
from examengine.bank.yaml_file import id_of, read_model, read_tree
from examengine.bank.yaml_source import Node
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import ITEM_TYPES

CODING = "coding"


@dataclass
class ItemsRead:
    """What the item files hold."""

    items: list[Item] = field(default_factory=list)
    """Of a template: one of its instances stands for it."""
    templates: dict[str, ItemTemplate] = field(default_factory=dict)


def yaml_under(folder: str, files: BankFiles, problems: ProblemList) -> list[str]:
    """Return the names of the YAML files in a folder; what else lies there is told."""
    names = []
    for name in files.under(folder):
        if name.endswith(".yaml"):
            names.append(name)
        elif name.endswith((".yml", ".YAML", ".YML")):
            problems.add(name, "file-name", "only files that end in .yaml are read", "rename it")
        else:
            problems.add(name, "unknown-file", f"{folder}/ holds .yaml files", severity="warning")
    return names


def read_items(files: BankFiles, problems: ProblemList, register: Register) -> ItemsRead:
    """Return the items of a bank; what is wrong with them is told."""
    found = ItemsRead()
    for name, index, node in listed_entries("items", "item", files, problems):
        _read_item(found, name, node, index, problems, register)
    return found


def listed_entries(folder: str, noun: str, files: BankFiles, problems: ProblemList) -> Iterator[tuple[str, int, Node]]:
    """Yield the entries of all files of a folder, each file being a list: file, index and tree.

    The tree of a file is let go before the next file is read: those of a large bank together would fill the memory.
    """
    for name in yaml_under(folder, files, problems):
        root = read_tree(files, name, problems)
        if root is None:
            continue
        if not isinstance(root.data, list):
            problems.add(
                name,
                "wrong-kind",
                f"a file in {folder}/ is a list",
                f"begin each {noun} with `- id: …`",
                place=(root.line, root.column),
            )
            continue
        for index, node in enumerate(root.entries):
            yield name, index, node


def _read_item(found: ItemsRead, file: str, node: Node, index: int, problems: ProblemList, register: Register) -> None:
    label = id_of(node, f"entry {index + 1}")
    place = (node.line, node.column)
    if not isinstance(node.data, dict):
        problems.add(file, "wrong-kind", "an item is a mapping", "give fields (`name: value`)", place=place, item=label)
        return
    kind = node.fields.get("type")
    known = sorted(set(ITEM_TYPES) - {CODING})
    if kind is None:
        problems.add(
            file, "missing-field", "`type` is missing", f"give one of {', '.join(known)}", place=place, item=label
        )
        return
    if kind.text not in known:
        hint = problems.nearest(kind.text or "", known)
        if kind.text == CODING:
            hint = "an exercise has a folder of its own below exercises/"
        problems.add(file, "unknown-type", f"`type` is {shown(kind)}", hint, place=(kind.line, kind.column), item=label)
        return
    item: Item | None
    if is_template(node):
        item = None
        read = read_template(node, kind.text, file, problems, label)
        if read is not None:
            template, item = read
            found.templates[template.id] = template
    else:
        item = read_model(ITEM_TYPES[kind.text].model, node, file, problems, label)
    register.add("item", file, node, label)
    register.check_objective(file, node, label)
    if item is not None:
        found.items.append(item)
