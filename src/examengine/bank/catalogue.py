"""Finds banks: given by path, in the user's data folder, and installed with the program; and opens them."""

import difflib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import examengine
from examengine.bank.bank import Bank
from examengine.bank.bank_cache import BankCache
from examengine.bank.bank_files import MANIFEST
from examengine.bank.blueprint import Blueprint
from examengine.bank.cached_bank import read_bank_through
from examengine.bank.yaml_source import MAX_BYTES, read_yaml
from examengine.core.counted import counted
from examengine.core.errors import BankError, UsageError
from examengine.core.model import Model

Origin = Literal["path", "user", "installed"]
_PROBLEMS_TOLD = 20


class BankPlace(Model):
    """Where a bank lies, by its manifest alone."""

    id: str
    """The folder's name where the manifest gives none."""
    title: str
    version: str
    folder: Path
    origin: Origin


class FoundBlueprint(Model):
    """A blueprint with every bank that it draws on, by bank id."""

    blueprint: Blueprint
    banks: dict[str, Bank]


def installed_folder() -> Path | None:
    """Return the folder of the banks that came with the program; None where there is none."""
    package = Path(examengine.__file__).resolve().parent
    # In the wheel the banks lie in the package; in a checkout, beside `src`.
    places = (package / "question_banks", package.parents[1] / "question_banks")
    return next((place for place in places if place.is_dir()), None)


def find_banks(
    extra: Sequence[Path] = (), *, user_folder: Path | None = None, installed: Path | None = None
) -> list[BankPlace]:
    """Return every bank once, sorted by id; a bank given by path goes before the user's, and that before the installed.

    Args:
        extra: folders of banks, or folders that hold such folders.
        user_folder: the folder of the user's banks.
        installed: the folder of the installed banks; None: the one that came with the program.
    """
    found: dict[str, BankPlace] = {}
    shelves: list[tuple[Path | None, Origin]] = [
        *((folder, "path") for folder in extra),
        (user_folder, "user"),
        (installed or installed_folder(), "installed"),
    ]
    for shelf, origin in shelves:
        for folder in _banks_on(shelf) if shelf is not None else ():
            place = _place(folder, origin)
            found.setdefault(place.id, place)
    return [found[name] for name in sorted(found)]


def place_of(
    name: str,
    extra: Sequence[Path] = (),
    *,
    user_folder: Path | None = None,
    installed: Path | None = None,
) -> BankPlace:
    """Return where a bank lies, named by its id or its folder.

    Raises:
        UsageError: there is no such bank; the hint names those most like it.
    """
    places = {place.id: place for place in find_banks(extra, user_folder=user_folder, installed=installed)}
    if name in places:
        return places[name]
    folder = Path(name).expanduser()
    if folder.name == MANIFEST:
        folder = folder.parent
    if os.path.lexists(folder / MANIFEST):
        return _place(folder, "path")
    if folder.is_dir():
        raise UsageError(f"{name} is not a bank", hint=f"a bank's folder holds a {MANIFEST}")
    raise UsageError(f"there is no bank {name!r}", hint=_nearest(name, sorted(places), "banks"))


def open_bank(
    name: str,
    extra: Sequence[Path] = (),
    *,
    user_folder: Path | None = None,
    installed: Path | None = None,
    cache: BankCache | None = None,
) -> Bank:
    """Return a bank named by its id or its folder; `cache` keeps what was read.

    Raises:
        UsageError: there is no such bank.
        BankError: it has errors; the message lists them.
    """
    return open_bank_at(place_of(name, extra, user_folder=user_folder, installed=installed), cache)


def open_bank_at(place: BankPlace, cache: BankCache | None = None) -> Bank:
    """Return the bank at a place; `cache` keeps what was read.

    Raises:
        BankError: it has errors; the message lists them.
    """
    reading = read_bank_through(cache, place.folder)
    if reading.bank is not None:
        return reading.bank
    errors = [str(problem) for problem in reading.problems if problem.severity == "error"]
    shown = errors[:_PROBLEMS_TOLD]
    if len(errors) > len(shown):
        shown.append(f"and {len(errors) - len(shown)} more")
    count = counted(len(errors), "error")
    raise BankError(
        "\n".join((f"bank {place.id} has {count}:", *shown)),
        hint=f"`examengine bank check {place.folder}` lists every problem",
    )


def find_blueprint(
    name: str,
    extra: Sequence[Path] = (),
    *,
    user_folder: Path | None = None,
    installed: Path | None = None,
    cache: BankCache | None = None,
) -> FoundBlueprint:
    """Return a blueprint named as `<bank>.<exam>`, or by its bank alone where that has one exam.

    `cache` keeps what was read.

    Raises:
        UsageError: there is no such bank or blueprint.
        BankError: a bank that it needs has errors.
    """

    def opened(bank_id: str) -> Bank:
        return open_bank(bank_id, extra, user_folder=user_folder, installed=installed, cache=cache)

    bank = opened(name.split(".", 1)[0])
    known = {blueprint.id: blueprint for blueprint in bank.blueprints}
    if "." not in name and len(known) == 1:
        name = next(iter(known))
    if name not in known:
        raise UsageError(f"bank {bank.id} has no exam {name!r}", hint=_nearest(name, sorted(known), "exams"))
    blueprint = known[name]
    others = {draw.split(".", 1)[0] for domain in blueprint.domains for draw in domain.draws if "." in draw}
    banks = {bank.id: bank} | {other: opened(other) for other in sorted(others - {bank.id})}
    return FoundBlueprint(blueprint=blueprint, banks=banks)


def _banks_on(shelf: Path) -> list[Path]:
    """Return the bank folders of a shelf: itself, or those directly in it."""
    if os.path.lexists(shelf / MANIFEST):
        return [shelf]
    try:
        return sorted(folder for folder in shelf.iterdir() if os.path.lexists(folder / MANIFEST))
    except OSError:
        return []


def _place(folder: Path, origin: Origin) -> BankPlace:
    """Return a bank's place by its manifest; one that cannot be read is found under its folder's name."""
    fields: dict[str, str] = {}
    manifest = folder / MANIFEST
    try:
        if manifest.is_file() and manifest.stat().st_size <= MAX_BYTES:
            fields = dict(_texts_of(manifest.read_bytes()))
    except OSError:
        fields = {}
    return BankPlace(
        id=fields.get("id", folder.resolve().name),
        title=fields.get("title", ""),
        version=fields.get("version", ""),
        folder=folder,
        origin=origin,
    )


@lru_cache(maxsize=128)
def _texts_of(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return the texts of a manifest's first level; remembered, since every opening looks through all banks."""
    root = read_yaml(content).root
    return tuple((name, node.text) for name, node in root.fields.items() if node.text) if root is not None else ()


def _nearest(name: str, known: Sequence[str], kind: str) -> str:
    close = difflib.get_close_matches(name, known, 3, 0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"the {kind} are {', '.join(known)}" if known else f"there are no {kind}"
