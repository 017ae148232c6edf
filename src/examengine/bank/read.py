"""Reads a bank's folder: the bank as a value, or every error of every file in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from examengine.bank.bank import Bank, BankManifest, Exercise, Place
from examengine.bank.bank_files import MANIFEST, BankFiles
from examengine.bank.blueprint import Blueprint
from examengine.bank.exercise_folder import read_exercise
from examengine.bank.markdown_figures import find_figures
from examengine.bank.problem import Problem
from examengine.bank.problem_list import ProblemList
from examengine.bank.wording import shown
from examengine.bank.yaml_file import id_of, read_model, read_tree
from examengine.bank.yaml_source import Node
from examengine.core.digest import digest_files
from examengine.core.model import Model
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import ITEM_TYPES

_CODING = "coding"


class BankReading(Model):
    """A bank, or why there is none; a bank may come with warnings."""

    bank: Bank | None
    problems: tuple[Problem, ...] = ()


def read_bank(folder: Path) -> BankReading:
    """Return the bank in a folder, or every problem of its files; raises on no content."""
    return _Reader(folder).read()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of everything that has an id; its tree is let go."""

    place: Place
    enemies: list[tuple[str, tuple[int, int]]]
    pictured: list[tuple[tuple[int, int], str]]
    """Texts that hold a picture, with their places."""


class _Reader:
    """The reading of one bank."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = ProblemList(folder)
        self.manifest: BankManifest | None = None
        self.known: dict[str, _Known] = {}
        """Everything that has an id."""

    def read(self) -> BankReading:
        if not self.folder.is_dir():
            self.problems.add("", "missing-folder", "there is no such folder")
            return BankReading(bank=None, problems=self.problems.in_order())
        self.files = BankFiles(self.folder, self.problems)
        self._read_manifest()
        items = self._read_items()
        exercises = self._read_exercises()
        blueprints = self._read_blueprints()
        self._check_enemies()
        figures = [name for name in self.files.under("figures") if self.files.read(name) is not None]
        self._check_figures((*items, *(exercise.package.item for exercise in exercises)), figures)
        problems = self.problems.in_order()
        if self.problems.has_errors or self.manifest is None:
            return BankReading(bank=None, problems=problems)
        bank = Bank(
            manifest=self.manifest,
            items=tuple(items),
            exercises=tuple(exercises),
            blueprints=tuple(blueprints),
            folder=str(self.folder),
            digest=digest_files(self.files.contents),
            places={name: known.place for name, known in self.known.items()},
        )
        return BankReading(bank=bank, problems=problems)

    def _read_manifest(self) -> None:
        if MANIFEST not in self.files.paths:
            told = any(problem.file.endswith(MANIFEST) for problem in self.problems.found)
            if not told:
                self.problems.add(MANIFEST, "missing-file", f"`{MANIFEST}` is missing", "see docs/bank-format.md")
            return
        root = read_tree(self.files, MANIFEST, self.problems)
        if root is not None:
            self.manifest = read_model(BankManifest, root, MANIFEST, self.problems, id_of(root, ""))

    def _read_items(self) -> list[Item]:
        items = []
        for name in self._yaml_under("items"):
            root = read_tree(self.files, name, self.problems)
            if root is None:
                continue
            if not isinstance(root.data, list):
                self.problems.add(
                    name,
                    "wrong-kind",
                    "an item file is a list of items",
                    "begin each item with `- id: …`",
                    place=(root.line, root.column),
                )
                continue
            for index, node in enumerate(root.entries):
                item = self._read_item(name, node, index)
                if item is not None:
                    items.append(item)
        return items

    def _read_item(self, file: str, node: Node, index: int) -> Item | None:
        label = id_of(node, f"entry {index + 1}")
        place = (node.line, node.column)
        if not isinstance(node.data, dict):
            self.problems.add(
                file, "wrong-kind", "an item is a mapping", "give fields (`name: value`)", place=place, item=label
            )
            return None
        kind = node.fields.get("type")
        known = sorted(set(ITEM_TYPES) - {_CODING})
        if kind is None:
            self.problems.add(
                file, "missing-field", "`type` is missing", f"give one of {', '.join(known)}", place=place, item=label
            )
            return None
        if kind.text not in known:
            hint = self.problems.nearest(kind.text or "", known)
            if kind.text == _CODING:
                hint = "an exercise has a folder of its own below exercises/"
            self.problems.add(
                file,
                "unknown-type",
                f"`type` is {shown(kind)}",
                hint,
                place=(kind.line, kind.column),
                item=label,
            )
            return None
        item = read_model(ITEM_TYPES[kind.text].model, node, file, self.problems, label)
        self._register(file, node, label)
        self._check_objective(file, node, label)
        return item

    def _read_exercises(self) -> list[Exercise]:
        names = self.files.under("exercises")
        folders = sorted({"/".join(name.split("/")[:2]) for name in names if name.count("/") > 1})
        for name in names:
            if name.count("/") == 1:
                self.problems.add(
                    name, "unknown-file", "exercises/ holds one folder for each exercise", severity="warning"
                )
        found = []
        for folder in folders:
            exercise, node = read_exercise(folder, self.files, self.problems)
            if node is not None and isinstance(node.data, dict):
                file = f"{folder}/exercise.yaml"
                label = id_of(node, folder.split("/")[1])
                self._register(file, node, label)
                self._check_objective(file, node, label)
                self._check_part_domains(file, node, label)
            if exercise is not None:
                found.append(exercise)
        return found

    def _read_blueprints(self) -> list[Blueprint]:
        found = []
        for name in self._yaml_under("exams"):
            root = read_tree(self.files, name, self.problems)
            if root is None:
                continue
            label = id_of(root, "")
            blueprint = read_model(Blueprint, root, name, self.problems, label)
            if isinstance(root.data, dict):
                self._register(name, root, label)
                self._check_blueprint(name, root, label)
            if blueprint is not None:
                found.append(blueprint)
        return found

    def _yaml_under(self, folder: str) -> list[str]:
        names = []
        for name in self.files.under(folder):
            if name.endswith(".yaml"):
                names.append(name)
            elif name.endswith((".yml", ".YAML", ".YML")):
                self.problems.add(name, "file-name", "only files that end in .yaml are read", "rename it")
            else:
                self.problems.add(name, "unknown-file", f"{folder}/ holds .yaml files", severity="warning")
        return names

    def _register(self, file: str, node: Node, label: str) -> None:
        """Keep the place of an id, and tell ids that repeat or belong to another bank."""
        named = node.fields.get("id")
        if named is None or not named.text:
            return
        place = (named.line, named.column)
        if label in self.known:
            first = self.known[label].place
            self.problems.add(
                file,
                "repeated-id",
                f"id '{label}' stands twice; it stands first in {first.file}:{first.line}",
                "give each its own id",
                place=place,
                item=label,
            )
            return
        self.known[label] = _Known(
            place=Place(file=file, line=node.line, column=node.column),
            enemies=[(entry.text, (entry.line, entry.column)) for entry in _entries(node, "enemies") if entry.text],
            pictured=_prose_in(node),
        )
        if self.manifest is not None and not label.startswith(f"{self.manifest.id}."):
            self.problems.add(
                file,
                "foreign-id",
                f"id '{label}' does not begin with '{self.manifest.id}.'",
                "ids begin with the bank's id and a dot",
                place=place,
                item=label,
            )

    def _check_objective(self, file: str, node: Node, label: str) -> None:
        named = node.fields.get("objective")
        if self.manifest is None or named is None or not named.text:
            return
        known = [objective.id for domain in self.manifest.domains for objective in domain.objectives]
        if named.text not in known:
            self.problems.add(
                file,
                "unknown-objective",
                f"objective '{named.text[:80]}' is not in {MANIFEST}",
                self.problems.nearest(named.text, known),
                place=(named.line, named.column),
                item=label,
            )

    def _check_part_domains(self, file: str, root: Node, label: str) -> None:
        parts = root.fields.get("parts")
        if self.manifest is None or parts is None:
            return
        known = [domain.id for domain in self.manifest.domains]
        for part in parts.entries:
            named = part.fields.get("domain")
            if named is not None and named.text and named.text not in known:
                self.problems.add(
                    file,
                    "unknown-domain",
                    f"domain '{named.text[:80]}' is not in {MANIFEST}",
                    self.problems.nearest(named.text, known),
                    place=(named.line, named.column),
                    item=label,
                )

    def _check_blueprint(self, file: str, root: Node, label: str) -> None:
        """Tell types and draws that do not exist; works on the tree, so that other errors hide none of them."""
        for section in _entries(root, "sections"):
            types = section.fields.get("types")
            if types is None:
                continue
            names = types.key_places or {node.text or "": (node.line, node.column) for node in types.entries}
            for name, place in names.items():
                if name not in ITEM_TYPES or name == _CODING:
                    self.problems.add(
                        file,
                        "unknown-type",
                        f"'{name[:40]}' is not an item type of a section with items",
                        self.problems.nearest(name, sorted(set(ITEM_TYPES) - {_CODING})),
                        place=place,
                        item=label,
                    )
        if self.manifest is None:
            return
        domains = [domain.id for domain in self.manifest.domains]
        objectives = [objective.id for domain in self.manifest.domains for objective in domain.objectives]
        known = [f"{self.manifest.id}.{name}" for name in (*domains, *objectives)]
        for domain in _entries(root, "domains"):
            draws = _entries(domain, "draws")
            named = domain.fields.get("id")
            if not draws and named is not None and named.text and named.text not in domains:
                self.problems.add(
                    file,
                    "unknown-domain",
                    f"domain '{named.text[:80]}' is not in {MANIFEST}, and draws on nothing",
                    self.problems.nearest(named.text, domains) or "name what it draws on in `draws`",
                    place=(named.line, named.column),
                    item=label,
                )
            for entry in draws:
                draw = entry.text or ""
                is_own = draw.startswith(f"{self.manifest.id}.")
                if (is_own and draw not in known) or "." not in draw:
                    self.problems.add(
                        file,
                        "unknown-draw",
                        f"'{draw[:120]}' names no domain and no objective",
                        self.problems.nearest(draw, known) or "write <bank>.<domain> or <bank>.<objective>",
                        place=(entry.line, entry.column),
                        item=label,
                    )

    def _check_enemies(self) -> None:
        names = list(self.known)
        for label, known in self.known.items():
            bank_id = self.manifest.id if self.manifest is not None else label.split(".", 1)[0]
            for enemy, place in known.enemies:
                is_self = enemy == label
                # An item of another bank is not open here, and is taken on trust.
                if (enemy in self.known and not is_self) or not enemy.startswith(f"{bank_id}."):
                    continue
                self.problems.add(
                    known.place.file,
                    "unknown-enemy",
                    "an item is its own enemy" if is_self else f"enemy '{enemy[:120]}' is not in the bank",
                    "remove it" if is_self else self.problems.nearest(enemy, names, all_up_to=0),
                    place=place,
                    item=label,
                )

    def _check_figures(self, items: Iterable[Item], figures: list[str]) -> None:
        for item in items:
            known = self.known.get(item.id)
            if known is None:
                continue
            file = known.place.file
            texts = [(file, place, text) for place, text in known.pictured]
            if item.type == _CODING:
                texts.append((f"{file.rsplit('/', 1)[0]}/statement.md", (1, 1), item.stem))
            for where, place, text in texts:
                for target in find_figures(text):
                    if target not in figures:
                        is_remote = "://" in target
                        self.problems.add(
                            where,
                            "remote-figure" if is_remote else "missing-figure",
                            f"figure '{target[:120]}' " + ("is on the network" if is_remote else "does not exist"),
                            "put it into figures/"
                            if is_remote
                            else self.problems.nearest(target, figures, all_up_to=8),
                            place=place,
                            item=item.id,
                        )


def _entries(node: Node, field: str) -> list[Node]:
    """Return the entries of a list field; none where it is missing or no list."""
    child = node.fields.get(field)
    return list(child.entries) if child is not None else []


def _prose_in(node: Node) -> list[tuple[tuple[int, int], str]]:
    """Return the texts below a node that hold a picture, with their places."""
    if node.text is not None:
        return [((node.line, node.column), node.text)] if "![" in node.text else []
    return [found for child in (*node.fields.values(), *node.entries) for found in _prose_in(child)]
