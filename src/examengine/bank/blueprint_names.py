"""The names that a blueprint uses: item types, domains, objectives."""

from examengine.bank.bank_files import MANIFEST
from examengine.bank.read_items import CODING
from examengine.bank.register import Register, entries_of
from examengine.bank.yaml_source import Node
from examengine.itemtypes.registry import ITEM_TYPES


def check_names(file: str, root: Node, label: str, register: Register) -> None:
    """Tell types and draws that do not exist; works on the tree, so that other errors hide none of them."""
    _check_types(file, root, label, register)
    if register.manifest is None:
        return
    problems, manifest = register.problems, register.manifest
    domains = [domain.id for domain in manifest.domains]
    objectives = [objective.id for domain in manifest.domains for objective in domain.objectives]
    known = [f"{manifest.id}.{name}" for name in (*domains, *objectives)]
    for domain in entries_of(root, "domains"):
        draws = entries_of(domain, "draws")
        named = domain.fields.get("id")
        if not draws and named is not None and named.text and named.text not in domains:
            problems.add(
                file,
                "unknown-domain",
                f"domain '{named.text[:80]}' is not in {MANIFEST}, and draws on nothing",
                problems.nearest(named.text, domains) or "name what it draws on in `draws`",
                place=(named.line, named.column),
                item=label,
            )
        for entry in draws:
            draw = entry.text or ""
            is_own = draw.startswith(f"{manifest.id}.")
            if (is_own and draw not in known) or "." not in draw:
                problems.add(
                    file,
                    "unknown-draw",
                    f"'{draw[:120]}' names no domain and no objective",
                    problems.nearest(draw, known) or "write <bank>.<domain> or <bank>.<objective>",
                    place=(entry.line, entry.column),
                    item=label,
                )


def _check_types(file: str, root: Node, label: str, register: Register) -> None:
    for section in entries_of(root, "sections"):
        types = section.fields.get("types")
        if types is None:
            continue
        names = types.key_places or {node.text or "": (node.line, node.column) for node in types.entries}
        for name, place in names.items():
            if name not in ITEM_TYPES or name == CODING:
                register.problems.add(
                    file,
                    "unknown-type",
                    f"'{name[:40]}' is not an item type of a section with items",
                    register.problems.nearest(name, sorted(set(ITEM_TYPES) - {CODING})),
                    place=place,
                    item=label,
                )
