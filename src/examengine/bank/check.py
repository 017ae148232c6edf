"""Lint of a bank that could be read: the flaws of single items, and those that show only over the whole bank."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Literal

from examengine.bank.bank import Bank
from examengine.bank.bank_files import MANIFEST
from examengine.bank.blueprint import Blueprint
from examengine.bank.check_figures import check_figures, check_words
from examengine.bank.check_formulas import check_formulas
from examengine.bank.check_templates import check_template
from examengine.bank.flaws import find_flaws
from examengine.bank.guessers import GuesserResult, sit_guessers
from examengine.bank.near_duplicates import find_near_duplicates
from examengine.bank.problem import Problem
from examengine.bank.problem_list import ProblemList
from examengine.bank.yaml_source import Node, node_at, read_yaml
from examengine.core.counted import counted
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import position_label

WRONG_SOLUTIONS = 5
_BEYOND_CHANCE = 3.0
"""Standard deviations: a fair bank goes beyond them once in several hundred times."""
_FEWEST = 20
"""Fewer items than this say nothing about habits."""
_SHORT_STEM = 8
"""Words: below them, stems are told apart with their options."""

_NAMED = 12
"""Items that a sentence names; `--json` has them all."""

Shortages = Callable[[Blueprint], Sequence[str]]
"""Blueprint to what the banks lack for it, one sentence each."""


def check_bank(
    bank: Bank,
    shortages: Shortages | None = None,
    *,
    today: date | None = None,
    others: Sequence[Bank] = (),
    guessers: Sequence[GuesserResult] | None = None,
) -> tuple[Problem, ...]:
    """Return the flaws of a bank, by file and place.

    Errors are what makes a blueprint impossible, and what lets a candidate beat chance who knows nothing.

    Args:
        bank: as it was read; its files are looked into again for lines.
        shortages: says what is missing for a blueprint; None: blueprints are not tried.
        today: the day by which the age of facts counts; None: it is not looked at.
        others: banks whose items are not to stand in this one too.
        guessers: what candidates who know nothing reach in the bank; None: they sit it now.
    """
    sat = sit_guessers(bank.items) if guessers is None else guessers
    return _Check(bank, today, others, sat).run(shortages)


class _Check:
    """The check of one bank."""

    def __init__(
        self, bank: Bank, today: date | None, others: Sequence[Bank], guessers: Sequence[GuesserResult]
    ) -> None:
        self.bank = bank
        self.today = today
        self.others = [other for other in others if other.id != bank.id]
        self.guessers = guessers
        self.told: set[tuple[str, str, str]] = set()
        self.problems = ProblemList(Path(bank.folder))
        self.trees: dict[str, Node | None] = {}

    def run(self, shortages: Shortages | None) -> tuple[Problem, ...]:
        everything = [*self.bank.items, *(exercise.package.item for exercise in self.bank.exercises)]
        for item in everything:
            template = self.bank.templates.get(item.id)
            if template is not None:
                check_template(template, self._tell)
            for finding in spec_of(item).lint(item) if template is None else ():
                self._tell(item.id, finding.code, finding.message, field=finding.field)
            find_flaws(item, self.today, lambda *told, item=item.id: self._tell(item, *told[:3], field=told[3]))
            self._check_domain_in_id(item)
        drawn = any(domain.draws for blueprint in self.bank.blueprints for domain in blueprint.domains)
        if not everything and not drawn:
            self._tell_manifest(
                "no-items", "the bank has no items yet", "`examengine bank audit <exam>` says what to write"
            )
            return self.problems.in_order()
        self._check_wrong_solutions()
        self._check_objectives_have_items(everything)
        self._check_key_positions()
        self._check_longest_keys()
        self._check_guessers()
        self._check_near_duplicates(everything)
        check_figures(self.bank, self._tell_file)
        check_words(self.bank, everything, lambda *told: self._tell(*told[:4], field=told[4]))
        check_formulas(self.bank, everything, lambda *told: self._tell(*told[:4], field=told[4]))
        for blueprint in self.bank.blueprints if shortages is not None else ():
            for line in shortages(blueprint) if shortages is not None else ():
                self._tell(
                    blueprint.id,
                    "blueprint-unmet",
                    line,
                    "write what is missing, or lower the blueprint's numbers",
                    severity="error",
                )
        return self.problems.in_order()

    def _check_domain_in_id(self, item: Item) -> None:
        domain = self.bank.domain_of(item.objective)
        parts = item.id.split(".")
        if not isinstance(item, Coding) and parts[1] != domain:
            self._tell(
                item.id,
                "id-of-another-domain",
                f"the id names '{parts[1]}', but the objective is {item.objective}",
                f"ids are {self.bank.id}.{domain}.<name>",
                field="id",
            )

    def _check_wrong_solutions(self) -> None:
        for exercise in self.bank.exercises:
            count = len(exercise.wrong)
            if count < WRONG_SOLUTIONS:
                self._tell(
                    exercise.package.item.id,
                    "few-wrong-solutions",
                    f"there {'is' if count == 1 else 'are'} {counted(count, 'wrong solution')}",
                    f"write at least {WRONG_SOLUTIONS}",
                    field="wrong",
                )

    def _check_objectives_have_items(self, items: Sequence[Item]) -> None:
        used = {item.objective for item in items}
        for domain_index, domain in enumerate(self.bank.manifest.domains):
            for index, objective in enumerate(domain.objectives):
                if objective.id not in used:
                    self._tell_manifest(
                        "objective-without-items",
                        f"objective {objective.id} has no item",
                        "write one, or remove the objective",
                        path=("domains", domain_index, "objectives", index),
                    )

    def _check_key_positions(self) -> None:
        items = [item for item in self.bank.items if isinstance(item, MultipleChoice) and item.shuffle]
        if len(items) < _FEWEST:
            return
        for position in range(max(len(item.options) for item in items)):
            chances = [1 / len(item.options) for item in items if len(item.options) > position]
            count = sum(item.option_ids().index(item.key) == position for item in items)
            expected = sum(chances)
            if abs(count - expected) > _BEYOND_CHANCE * _spread(chances):
                self._tell_manifest(
                    "key-position",
                    f"the key stands at {position_label(position)} in {count} of {len(items)} items;"
                    f" chance would give {expected:.0f}",
                    "spread the keys evenly",
                )

    def _check_longest_keys(self) -> None:
        items = [item for item in self.bank.items if isinstance(item, MultipleChoice)]
        if len(items) < _FEWEST:
            return
        chances = [1 / len(item.options) for item in items]
        count = sum(_key_is_longest(item) for item in items)
        expected = sum(chances)
        if count - expected > _BEYOND_CHANCE * _spread(chances):
            self._tell_manifest(
                "key-longest",
                f"the key is the longest option in {count} of {len(items)} items; chance would give {expected:.0f}",
                "shorten keys or lengthen distractors",
            )

    def _check_guessers(self) -> None:
        for result in self.guessers:
            if result.fails:
                self._tell_manifest(
                    f"guesser-{result.strategy}",
                    f"a candidate who knows nothing and goes by '{result.strategy}' has {result.hits} hits in"
                    f" {result.questions} choices; chance gives {result.chance:.0f}, and at most {result.bound} pass;"
                    f" fed by {_names(result)}",
                    "write their options alike in what this candidate looks at",
                    severity="error",
                )

    def _check_near_duplicates(self, items: Sequence[Item]) -> None:
        by_id = {item.id: item for item in items}
        owners: dict[str, Bank] = dict.fromkeys(by_id, self.bank)
        for other in self.others:
            for item in (*other.items, *(exercise.package.item for exercise in other.exercises)):
                if item.id not in by_id:
                    by_id[item.id], owners[item.id] = item, other
        for first, second, share in find_near_duplicates({item.id: _asked(item) for item in by_id.values()}):
            one, other_one = (second, first) if owners[second] is not self.bank else (first, second)
            if owners[other_one] is not self.bank:
                continue
            if other_one in by_id[one].enemies or one in by_id[other_one].enemies:
                continue
            owner = owners[one]
            place = owner.places.get(one)
            where = f" ({place.file}:{place.line})" if place is not None else ""
            is_own = owner is self.bank
            self._tell(
                other_one,
                "near-duplicate" if is_own else "near-duplicate-across-banks",
                f"{share:.0%} of its wording stands in {one} too{where if is_own else f' of bank {owner.id}{where}'}",
                "make them differ, or name them as enemies" if is_own else "draw the other bank's item, or differ",
                field="stem",
            )

    def _tell(
        self,
        item: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        field: str = "",
        severity: Literal["error", "warning"] = "warning",
    ) -> None:
        if (item, code, field) in self.told:
            return
        self.told.add((item, code, field))
        place = self.bank.places.get(item)
        if place is None:
            self.problems.add(MANIFEST, code, message, hint, item=item, severity=severity)
            return
        file, where = place.file, (place.line, place.column)
        if field.endswith((".py", ".md")):
            file, where = f"{file.rsplit('/', 1)[0]}/{field}", (1, 1)
        else:
            where = self._place_of_field(file, item, field) or where
        self.problems.add(file, code, message, hint, place=where, item=item, severity=severity)

    def _tell_manifest(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        path: Sequence[str | int] = (),
        severity: Literal["error", "warning"] = "warning",
    ) -> None:
        root = self._tree(MANIFEST)
        node = node_at(root, path) if root is not None else None
        where = (node.line, node.column) if node is not None and path else (1, 1)
        self.problems.add(MANIFEST, code, message, hint, place=where, item=self.bank.id, severity=severity)

    def _tell_file(self, file: str, code: str, message: str, hint: str, severity: Literal["error", "warning"]) -> None:
        self.problems.add(file, code, message, hint, severity=severity)

    def _place_of_field(self, file: str, item: str, field: str) -> tuple[int, int] | None:
        root = self._tree(file)
        if root is None or not field:
            return None
        nodes = [root, *root.entries]
        own = next((node for node in nodes if "id" in node.fields and node.fields["id"].text == item), None)
        if own is None:
            return None
        path: list[str | int] = [int(part) if part.isdigit() else part for part in field.split(".")]
        found = node_at(own, path)
        return found.line, found.column

    def _tree(self, file: str) -> Node | None:
        if file not in self.trees:
            try:
                self.trees[file] = read_yaml((Path(self.bank.folder) / file).read_bytes()).root
            except OSError:  # the file went away since it was read; the item's own place stands in
                self.trees[file] = None
        return self.trees[file]


def _names(result: GuesserResult) -> str:
    named = ", ".join(result.feeds[:_NAMED])
    return named if len(result.feeds) <= _NAMED else f"{named} and {len(result.feeds) - _NAMED} more"


def _asked(item: Item) -> str:
    """Return what a candidate reads; a short stem says too little without its options."""
    words = len(re.findall(r"\w+", item.stem))
    options = [option.text for option in getattr(item, "options", ())]
    return item.stem if words >= _SHORT_STEM else "\n".join((item.stem, *sorted(options)))


def _key_is_longest(item: MultipleChoice) -> bool:
    lengths = {option.id: len(option.text) for option in item.options}
    return all(lengths[item.key] > length for name, length in lengths.items() if name != item.key)


def _spread(chances: Sequence[float]) -> float:
    return sqrt(sum(chance * (1 - chance) for chance in chances))
