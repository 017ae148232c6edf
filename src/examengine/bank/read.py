"""Reads a bank's folder: the bank as a value, or every error of every file in one pass."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from examengine.bank.bank import Bank, BankManifest, Exercise
from examengine.bank.bank_files import MANIFEST, BankFiles
from examengine.bank.blueprint import Blueprint
from examengine.bank.blueprint_names import check_names
from examengine.bank.exercise_folder import read_exercise
from examengine.bank.item_list import without_collection
from examengine.bank.markdown_figures import find_figures
from examengine.bank.problem import Problem
from examengine.bank.problem_list import ProblemList
from examengine.bank.read_items import CODING, read_items, yaml_under
from examengine.bank.read_stimuli import read_stimuli
from examengine.bank.register import Register
from examengine.bank.unfilled import tell_unfilled
from examengine.bank.yaml_file import id_of, read_model, read_tree
from examengine.core.digest import digest_files
from examengine.core.model import Model
from examengine.itemtypes.item import Item


class BankReading(Model):
    """A bank, or why there is none; a bank may come with warnings."""

    bank: Bank | None
    problems: tuple[Problem, ...] = ()


def read_bank(folder: Path) -> BankReading:
    """Return the bank in a folder, or every problem of its files; raises on no content."""
    problems = ProblemList(folder)
    if not folder.is_dir():
        problems.add("", "missing-folder", "there is no such folder")
        return BankReading(bank=None, problems=problems.in_order())
    return read_files(BankFiles(folder, problems), problems)


def read_draft(folder: Path) -> BankReading:
    """Return what is sound of a bank that is being written, as a bank, with every problem; None without a manifest.

    It is to be looked at; whoever sits or checks a bank reads it by `read_bank`.
    """
    problems = ProblemList(folder)
    files = BankFiles(folder, problems)
    with without_collection():
        return _Reader(files, problems).read(is_draft=True)


def read_files(files: BankFiles, problems: ProblemList) -> BankReading:
    """Return the bank of the files of a folder, whose own problems were told to `problems`."""
    with without_collection():
        return _Reader(files, problems).read()


class _Reader:
    """The reading of one bank."""

    def __init__(self, files: BankFiles, problems: ProblemList) -> None:
        self.files = files
        self.problems = problems
        self.register = Register(problems)

    def read(self, *, is_draft: bool = False) -> BankReading:
        self._read_manifest()
        stimuli = read_stimuli(self.files, self.problems, self.register)
        read = read_items(self.files, self.problems, self.register)
        exercises = self._read_exercises()
        blueprints = self._read_blueprints()
        self.register.check_enemies()
        self.register.check_stimuli()
        everything = [*read.items, *(exercise.package.item for exercise in exercises)]
        self._check_figures(everything, [stimulus.id for stimulus in stimuli])
        places = {name: known.place for name, known in self.register.known.items()}
        tell_unfilled(self.files, places, self.problems)
        problems = self.problems.in_order()
        manifest = self.register.manifest
        if manifest is None or (self.problems.has_errors and not is_draft):
            return BankReading(bank=None, problems=problems)
        bank = Bank(
            manifest=manifest,
            items=tuple(read.items),
            templates=read.templates,
            stimuli=tuple(stimuli),
            exercises=tuple(exercises),
            blueprints=tuple(blueprints),
            folder=str(self.files.folder),
            digest=digest_files(self.files.contents),
            figures={
                name: self.files.contents[name]
                for name in self.files.under("figures", "")
                if name in self.files.contents
            },
            places=places,
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
            self.register.manifest = read_model(BankManifest, root, MANIFEST, self.problems, id_of(root, ""))

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
                self.register.add("exercise", file, node, label)
                self.register.check_objective(file, node, label)
                self.register.check_part_domains(file, node, label)
            if exercise is not None:
                found.append(exercise)
        return found

    def _read_blueprints(self) -> list[Blueprint]:
        found = []
        for name in yaml_under("exams", self.files, self.problems):
            root = read_tree(self.files, name, self.problems)
            if root is None:
                continue
            label = id_of(root, "")
            blueprint = read_model(Blueprint, root, name, self.problems, label)
            if isinstance(root.data, dict):
                self.register.add("blueprint", name, root, label)
                check_names(name, root, label, self.register)
            if blueprint is not None:
                found.append(blueprint)
        return found

    def _check_figures(self, items: Sequence[Item], stimuli: Iterable[str]) -> None:
        figures = [name for name in self.files.under("figures") if self.files.read(name) is not None]
        texts: list[tuple[str, tuple[int, int], str, str]] = []
        statements = {item.id: item.stem for item in items if item.type == CODING}
        for label in (*(item.id for item in items), *stimuli):
            known = self.register.known.get(label)
            if known is not None:
                file = known.place.file
                texts += [(file, place, text, label) for place, text in known.pictured]
                if label in statements:
                    texts.append((f"{file.rsplit('/', 1)[0]}/statement.md", (1, 1), statements[label], label))
        for where, place, text, label in texts:
            for target in find_figures(text):
                if target in figures:
                    continue
                is_remote = "://" in target
                self.problems.add(
                    where,
                    "remote-figure" if is_remote else "missing-figure",
                    f"figure '{target[:120]}' " + ("is on the network" if is_remote else "does not exist"),
                    "put it into figures/" if is_remote else self.problems.nearest(target, figures, all_up_to=8),
                    place=place,
                    item=label,
                )
