"""Begins a bank, an item or an exercise: files that are whole but for what is marked to be filled in."""

import contextlib
import difflib
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from examengine.bank.bank import Bank, BankId
from examengine.bank.bank_files import MANIFEST
from examengine.bank.catalogue import place_of
from examengine.bank.read import read_draft
from examengine.bank.scaffold import SCHEMAS, bank_text, exercise_files, item_text, schema_line, schema_name
from examengine.bank.schema import KINDS
from examengine.bank.yaml_source import read_yaml
from examengine.core.errors import BankError, OperatorError, UsageError
from examengine.core.model import Model
from examengine.delivery.bank_schema import write_schemas
from examengine.delivery.services import Services
from examengine.itemtypes.item import ItemId, Slug
from examengine.itemtypes.registry import spec_named

_BANK_ID: TypeAdapter[str] = TypeAdapter(BankId)
_ITEM_ID: TypeAdapter[str] = TypeAdapter(ItemId)
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)
_FOLDERS = ("items", "exams")


class Scaffold(Model):
    """What was begun."""

    id: str
    files: tuple[Path, ...]
    """Those that are to be filled in, the first one first."""
    line: int = 1
    """Where it begins in the first file."""
    schemas: tuple[Path, ...] = ()
    """Schemas that were written beside it."""


def new_bank(folder: Path, bank_id: str | None = None, title: str | None = None) -> Scaffold:
    """Begin a bank in a folder that is made, or that has none of its files yet.

    Args:
        folder: of the bank.
        bank_id: without one, the folder's name.
        title: without one, it is to be filled in.

    Raises:
        UsageError: the id is no id, or a file is there already.
        OperatorError: the disk does not take it.
    """
    name = bank_id if bank_id is not None else folder.resolve().name
    if not _is_of(_BANK_ID, name):
        raise UsageError(
            f"{name!r} is not the id of a bank", hint="give --id with lower-case letters, digits and hyphens"
        )
    files = _write_new(folder, {MANIFEST: bank_text(name, title)})
    for one in _FOLDERS:
        with contextlib.suppress(OSError):
            (folder / one).mkdir(exist_ok=True)
    return Scaffold(id=name, files=files, schemas=_schemas_of(folder))


def new_item(services: Services, bank_name: str, kind: str, item_id: str, file: str | None = None) -> Scaffold:
    """Begin an item of a type, at the end of an item file or in a new one.

    Args:
        services: where the banks lie.
        bank_name: id or folder.
        kind: item type.
        item_id: `<bank>.<domain>.<name>`, or without the bank.
        file: relative to the bank's folder, or its path; none: `items/<domain>/<name>.yaml`.

    Raises:
        UsageError: there is no such bank, type or domain, or there is an item of this id already.
        BankError: the bank's manifest, or the file, cannot be read.
        OperatorError: the disk does not take it.
    """
    spec = spec_named(kind)
    bank, folder = _draft_of(services, bank_name)
    whole = item_id if item_id.startswith(f"{bank.id}.") else f"{bank.id}.{item_id}"
    parts = whole.removeprefix(f"{bank.id}.").split(".")
    if len(parts) < 2 or not _is_of(_ITEM_ID, whole):
        raise UsageError(
            f"{item_id!r} is not the id of an item",
            hint=f"ids are {bank.id}.<domain>.<name>, in lower-case letters, digits and hyphens",
        )
    _require_free(bank, whole)
    objectives = _objectives_of(bank, parts[0])
    text = item_text(spec, whole, objectives)
    path = _item_file(folder, file or f"items/{parts[0]}/{parts[-1]}.yaml")
    line = _append(path, text, folder)
    return Scaffold(id=whole, files=(path,), line=line, schemas=_schemas_of(folder))


def new_exercise(services: Services, bank_name: str, slug: str, *, notebook: bool = False) -> Scaffold:
    """Begin an exercise in a new folder of the bank's exercises.

    Raises:
        UsageError: there is no such bank, the slug is none, or the folder or the id is there already.
        BankError: the bank's manifest cannot be read.
        OperatorError: the disk does not take it.
    """
    bank, folder = _draft_of(services, bank_name)
    whole = f"{bank.id}.ex.{slug}"
    if not _is_of(_SLUG, slug) or not _is_of(_ITEM_ID, whole):
        raise UsageError(
            f"{slug!r} cannot name an exercise", hint="use lower-case letters, digits and hyphens, such as mean-error"
        )
    _require_free(bank, whole)
    home = folder / "exercises" / slug
    if home.exists():
        raise UsageError(f"{home} is there already", hint="nothing was written")
    domains = bank.manifest.domains
    objectives = [objective.id for domain in domains for objective in domain.objectives]
    texts = exercise_files(whole, slug, objectives, [domain.id for domain in domains], notebook=notebook)
    return Scaffold(id=whole, files=_write_new(home, texts), schemas=_schemas_of(folder))


def _draft_of(services: Services, name: str) -> tuple[Bank, Path]:
    """Return what is sound of a bank, and its folder: errors of other items must not keep an author from writing."""
    folder = place_of(name, services.bank_folders, user_folder=services.user_banks).folder
    reading = read_draft(folder)
    if reading.bank is None:
        told = [str(problem) for problem in reading.problems if problem.file.endswith(MANIFEST)]
        raise BankError("\n".join((f"{folder / MANIFEST} has errors:", *told)), hint="mend it first")
    return reading.bank, folder


def _require_free(bank: Bank, item_id: str) -> None:
    place = bank.places.get(item_id)
    if place is not None:
        raise UsageError(
            f"{item_id} is there already, in {place.file}:{place.line}", hint="an id is never given a second time"
        )


def _objectives_of(bank: Bank, domain: str) -> list[str]:
    known = {one.id: one for one in bank.manifest.domains}
    if domain not in known:
        near = difflib.get_close_matches(domain, known, 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"bank {bank.id} has no domain {domain!r}", hint=hint)
    return [objective.id for objective in known[domain].objectives]


def _item_file(folder: Path, name: str) -> Path:
    """Return the path of an item file, named relative to the bank or as the shell completes it."""
    path = Path(name)
    inside = path if path.is_absolute() or path.resolve().is_relative_to(folder.resolve()) else folder / path
    try:
        relative = inside.resolve().relative_to(folder.resolve())
    except ValueError:
        relative = Path()
    if len(relative.parts) < 2 or relative.parts[0] != "items" or relative.suffix != ".yaml":
        raise UsageError(f"{name} is no item file of the bank", hint="name one such as items/splits/time.yaml")
    return folder / relative


def _append(path: Path, text: str, folder: Path) -> int:
    """Write an entry behind those of a file, or into a new file; return the line where it begins."""
    depth = len(path.relative_to(folder).parts) - 1
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as new:
                new.write(schema_line("items", depth) + text)
            return 2
        content = path.read_bytes()
        added = _added(content, text)
        if added is not None:
            with path.open("ab") as file:
                file.write(added)
            return (content + added).count(b"\n") - text.count("\n") + 1
    except OSError as error:
        raise OperatorError(f"{path} cannot be written: {error.strerror or error}") from error
    raise BankError(
        f"{path} is no list of items that an entry can be added to", hint="entries begin with `- id: …` at the margin"
    )


def _added(content: bytes, text: str) -> bytes | None:
    """Return the bytes that add an entry to a list and change nothing of what stands there; None where none would."""
    added = text.encode()
    if b"\r\n" in content:
        added = added.replace(b"\n", b"\r\n")
    if content and not content.endswith(b"\n"):
        added = b"\n" + added
    after = read_yaml(content + added)
    if after.faults or after.root is None or not isinstance(after.root.data, list):
        return None
    has_entries = any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines())
    before = read_yaml(content).root if has_entries else None
    return added if after.root.data[:-1] == (before.data if before is not None else []) else None


def _write_new(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write files that must not be there yet: all of them, or none where one is.

    Raises:
        UsageError: one of them is there.
        OperatorError: the disk does not take them.
    """
    paths = {folder / name: text for name, text in texts.items()}
    for path in paths:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} is there already", hint="nothing was written")
    try:
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise OperatorError(f"{folder} cannot be written: {error.strerror or error}") from error
    return tuple(paths)


def _schemas_of(folder: Path) -> tuple[Path, ...]:
    """Write the schemas where the bank has none; those that are there stay, until `bank schema` renews them."""
    home = folder / SCHEMAS
    if all((home / schema_name(kind)).exists() for kind in KINDS):
        return ()
    return tuple(write_schemas(home))


def _is_of(kind: TypeAdapter[str], text: str) -> bool:
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True
