"""A bank from the cache where its files are those that were read before; else from its files."""

import hashlib
import json
import os
import platform
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pydantic
import yaml

import examengine
from examengine.bank.bank import Bank, BankManifest, Exercise, Place
from examengine.bank.bank_cache import BankCache
from examengine.bank.bank_files import BankFiles
from examengine.bank.blueprint import Blueprint
from examengine.bank.item_list import ItemList, json_of, without_collection
from examengine.bank.problem import Problem
from examengine.bank.problem_list import ProblemList
from examengine.bank.read import BankReading, read_bank, read_files
from examengine.bank.stimulus import Stimulus
from examengine.bank.template.item_template import ItemTemplate
from examengine.core.model import Model

_READERS = ("core", "itemtypes", "notebooks", "bank")
"""The packages whose code decides what reading a bank gives."""


class _Kept(Model):
    """The first line of an entry: a reading without its items (each a line of its own), folder and figures' bytes."""

    manifest: BankManifest
    items: tuple[str, ...]
    """Their ids, in order."""
    templates: dict[str, ItemTemplate]
    stimuli: tuple[Stimulus, ...]
    exercises: tuple[Exercise, ...]
    blueprints: tuple[Blueprint, ...]
    digest: str
    figures: tuple[str, ...]
    places: dict[str, Place]
    problems: tuple[Problem, ...]
    """Warnings, their files relative to the bank."""


def read_bank_through(cache: BankCache | None, folder: Path) -> BankReading:
    """Return what `read_bank` returns for a folder, by way of a cache where there is one.

    Every file is read and hashed each time; an entry counts for these names, these bytes, this program and this
    Python alone. Readings with errors, and folders with anything unusual in them, are never kept.
    """
    if cache is None or not folder.is_dir():
        return read_bank(folder)
    problems = ProblemList(folder)
    files = BankFiles(folder, problems)
    digests = files.read_ahead() if not problems.found else None
    if digests is None:
        return read_bank(folder)
    name = _name_of(digests)
    with without_collection():
        content = cache.load(name)
        reading = _restored(content, folder, files) if content is not None else None
    if reading is not None:
        return reading
    reading = read_files(files, problems)
    kept = _to_keep(reading, folder)
    if kept is not None:
        cache.store(name, kept)
    return reading


def _name_of(digests: Mapping[str, bytes]) -> str:
    """Return the name of the entry for files, by their names and digests."""
    whole = hashlib.sha256(_program().encode())
    for name in sorted(digests):
        whole.update(json.dumps([name, digests[name].hex()]).encode())
    return whole.hexdigest()


def _program() -> str:
    return program_marks()


@lru_cache(maxsize=4)
def program_marks(*more: str) -> str:
    """Return what tells this program from one that might read a bank otherwise.

    Args:
        more: packages whose code matters too.
    """
    own = Path(examengine.__file__).parent
    # Sizes and times of the files: in a checkout the code changes, and the version does not.
    code = [
        (str(path.relative_to(own)), status.st_size, status.st_mtime_ns)
        for package in (*_READERS, *more)
        for path in sorted((own / package).rglob("*.py"))
        for status in (path.stat(),)
    ]
    versions = [examengine.__version__, platform.python_version(), os.name, pydantic.VERSION, yaml.__version__]
    return json.dumps([versions, code])


def _to_keep(reading: BankReading, folder: Path) -> bytes | None:
    """Return a reading as bytes; None where it has errors or cannot be told as JSON."""
    bank = reading.bank
    if bank is None:
        return None
    before = f"{folder}{os.sep}"
    problems = tuple(
        problem.model_copy(update={"file": problem.file.removeprefix(before)}) for problem in reading.problems
    )
    kept = _Kept.model_construct(
        manifest=bank.manifest,
        items=tuple(item.id for item in bank.items),
        templates=bank.templates,
        stimuli=bank.stimuli,
        exercises=bank.exercises,
        blueprints=bank.blueprints,
        digest=bank.digest,
        figures=tuple(bank.figures),
        places=bank.places,
        problems=problems,
    )
    try:
        return b"\n".join((kept.model_dump_json().encode(), *(json_of(item) for item in bank.items)))
    except (ValueError, pydantic.PydanticUserError):
        return None


def _restored(content: bytes, folder: Path, files: BankFiles) -> BankReading | None:
    """Return the reading that bytes hold; None where they do not hold a sound one."""
    try:
        first, *texts = content.split(b"\n")
        kept = _Kept.model_validate_json(first)
        figures = {name: files.ahead[name] for name in kept.figures}
        items = ItemList(kept.items, texts)
    except (ValueError, KeyError):
        return None
    bank = Bank(
        manifest=kept.manifest,
        items=items,
        templates=kept.templates,
        stimuli=kept.stimuli,
        exercises=kept.exercises,
        blueprints=kept.blueprints,
        folder=str(folder),
        digest=kept.digest,
        figures=figures,
        places=kept.places,
    )
    problems = tuple(
        problem.model_copy(update={"file": ProblemList(folder).shown(problem.file)}) for problem in kept.problems
    )
    return BankReading(bank=bank, problems=problems)
