"""Everything of a bank that has an id: where it stands, and the checks that each of them gets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from examengine.bank.bank import BankManifest, Place
from examengine.bank.bank_files import MANIFEST
from examengine.bank.problem_list import ProblemList
from examengine.bank.yaml_source import Node

Kind = Literal["item", "exercise", "blueprint", "stimulus"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of something that has an id; its tree is let go."""

    kind: Kind
    place: Place
    enemies: list[tuple[str, tuple[int, int]]]
    stimulus: tuple[str, tuple[int, int]] | None
    pictured: list[tuple[tuple[int, int], str]]
    """Texts that hold a picture, with their places."""


@dataclass
class Register:
    """What was met so far; names that are wrong are told at once where the manifest alone decides."""

    problems: ProblemList
    manifest: BankManifest | None = None
    known: dict[str, Known] = field(default_factory=dict)

    def add(self, kind: Kind, file: str, node: Node, label: str) -> None:
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
        stimulus = node.fields.get("stimulus")
        self.known[label] = Known(
            kind=kind,
            place=Place(file=file, line=node.line, column=node.column),
            enemies=[(entry.text, (entry.line, entry.column)) for entry in entries_of(node, "enemies") if entry.text],
            stimulus=(stimulus.text, (stimulus.line, stimulus.column))
            if stimulus is not None and stimulus.text
            else None,
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

    def check_objective(self, file: str, node: Node, label: str) -> None:
        """Tell an objective that the manifest does not have."""
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

    def check_part_domains(self, file: str, root: Node, label: str) -> None:
        """Tell domains of an exercise's parts that the manifest does not have."""
        if self.manifest is None:
            return
        known = [domain.id for domain in self.manifest.domains]
        for part in entries_of(root, "parts"):
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

    def check_enemies(self) -> None:
        """Tell enemies that do not exist, once everything is known."""
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

    def check_stimuli(self) -> None:
        """Tell stimuli that do not exist, those that no item names, and testlets that could never be drawn."""
        stimuli = [name for name, known in self.known.items() if known.kind == "stimulus"]
        testlets: dict[str, list[str]] = {name: [] for name in stimuli}
        for label, known in self.known.items():
            if known.stimulus is None or known.kind != "item":
                continue
            name, place = known.stimulus
            if name in testlets:
                testlets[name].append(label)
                continue
            self.problems.add(
                known.place.file,
                "unknown-stimulus",
                f"stimulus '{name[:120]}' is not in the bank",
                self.problems.nearest(name, stimuli) or "describe it in stimuli/",
                place=place,
                item=label,
            )
        for name, items in testlets.items():
            where = self.known[name].place
            if not items:
                self.problems.add(
                    where.file,
                    "unused-stimulus",
                    "no item names this stimulus",
                    f"write items with `stimulus: {name}`",
                    place=(where.line, where.column),
                    item=name,
                    severity="warning",
                )
            self._check_peace(items)

    def _check_peace(self, testlet: Sequence[str]) -> None:
        for label in testlet:
            known = self.known[label]
            for enemy, place in known.enemies:
                if enemy in testlet and enemy != label:
                    self.problems.add(
                        known.place.file,
                        "enemies-in-testlet",
                        f"enemy '{enemy}' stands on the same stimulus, and a testlet is drawn whole",
                        "remove the enmity, or give one of them another stimulus",
                        place=place,
                        item=label,
                    )


def entries_of(node: Node, name: str) -> list[Node]:
    """Return the entries of a list field; none where it is missing or no list."""
    child = node.fields.get(name)
    return list(child.entries) if child is not None else []


def _prose_in(node: Node) -> list[tuple[tuple[int, int], str]]:
    """Return the texts below a node that hold a picture, with their places."""
    if node.text is not None:
        return [((node.line, node.column), node.text)] if "![" in node.text else []
    return [found for child in (*node.fields.values(), *node.entries) for found in _prose_in(child)]
