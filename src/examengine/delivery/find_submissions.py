"""Tells one submission from a folder (or a zip) of submissions, and lists the latter.

The rule, where neither is asked for: a file is one submission; a folder with the tests' module at its top is one;
a folder of two or more entries is a folder of submissions; anything else could be either, and is asked back.
"""

import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from examengine.core.errors import UsageError
from examengine.delivery.read_submission import (
    Unreadable,
    check_listing,
    has_main,
    is_left_out,
    plain_name,
    read_member,
    read_place,
    shown,
    unpack,
)
from examengine.grading.intake import FILES, TOTAL_BYTES

Reading = Literal["single", "batch"]
_MAX_SUBMISSIONS = 100_000
_MAX_ZIP_ENTRIES = 200_000
_WORK = (".py", ".ipynb", ".zip")
_MOODLE = re.compile(r"_assignsubmission_(?:file|onlinetext)_?.*$", re.DOTALL)
_NOBODYS = re.compile(r"(?i)(?:readme.*|licen[cs]e.*|makefile|.*\.(?:csv|md|ya?ml|json|jsonl|log|toml|xlsx?|ods))")
"""What lies beside submissions without being one; said on stderr."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one submission lies."""

    name: str
    """Unlike that of any other in its batch, and printable."""
    read: Callable[[], dict[str, bytes]]
    """Returns its files by relative path; raises Unreadable."""


@dataclass(frozen=True, slots=True)
class FoundSubmissions:
    """What a path given to `examengine grade` means."""

    is_batch: bool
    sources: tuple[Source, ...]
    """Sorted by name; one where it is no batch."""
    passed_over: tuple[str, ...] = ()
    """Entries that are nobody's submission."""


@dataclass(frozen=True, slots=True)
class _Child:
    """An entry of a folder of submissions, by its own name."""

    name: str
    is_folder: bool
    below: frozenset[str]
    """Names one level down, where they were looked at."""
    read: Callable[[], dict[str, bytes]]


def find_submissions(place: Path, modules: Sequence[str], reading: Reading | None = None) -> FoundSubmissions:
    """Return the submission or the submissions at a path.

    Args:
        place: a file, a folder, or a zip of a folder.
        modules: names under which the tests may import a submission.
        reading: what it is to be taken for; None decides by the rule above.

    Raises:
        UsageError: there is nothing, or it could be either.
    """
    name = place.resolve().name
    if place.is_dir():
        children = _children_on_disk(place)
    elif place.suffix.lower() == ".zip" and place.is_file():
        children = _children_in_zip(place, modules)
    else:
        if not place.exists():
            raise UsageError(f"{place} does not exist")
        if reading == "batch":
            raise UsageError(f"{place} is a file", hint="--batch takes a folder of submissions, or a zip of one")
        return FoundSubmissions(False, (Source(shown(place.stem), lambda: _read_as_source(place)),))
    if reading is None:
        reading = _told_apart(place, children, modules)
    if reading == "single":
        return FoundSubmissions(False, (Source(shown(PurePosixPath(name).stem), lambda: read_place(place)),))
    taken = [one for one in children if one.is_folder or _is_somebodys(one.name)]
    passed_over = tuple(sorted(shown(one.name) for one in children if one not in taken))
    if not taken:
        raise UsageError(f"{place} holds no submission")
    if len(taken) > _MAX_SUBMISSIONS:
        raise UsageError(f"{place} holds more than {_MAX_SUBMISSIONS} submissions")
    names = _told_names([one.name for one in taken])
    sources = sorted((Source(names[one.name], one.read) for one in taken), key=lambda source: source.name)
    return FoundSubmissions(True, tuple(sources), passed_over)


def _read_as_source(place: Path) -> dict[str, bytes]:
    """Return a file that was named by hand: source text, whatever its name ends in."""
    files = read_place(place)
    if place.suffix in _WORK or list(files) != [place.name]:
        return files
    return {f"{place.stem}.py": files[place.name]}


def _told_apart(place: Path, children: Sequence[_Child], modules: Sequence[str]) -> Reading:
    """Decide by the rule in this module's head.

    Raises:
        UsageError: it could be either.
    """
    top = {one.name for one in children}
    below = {f"{one.name}/{name}" for one in children for name in one.below}
    is_one = "__init__.py" in top or any(has_main(top | below, module) for module in modules)
    with_main = [one.name for one in children if any(has_main(one.below, module) for module in modules)]
    work = [one.name for one in children if one.is_folder or one.name.lower().endswith(_WORK)]
    hint = "say --single (it is one submission) or --batch (each entry is one)"
    if is_one and with_main:
        raise UsageError(
            f"{place} could be one submission, or hold several: there is a main file at its top and in"
            f" {shown(min(with_main))}",
            hint=hint,
        )
    if is_one:
        return "single"
    if not work:
        raise UsageError(f"{place} holds no submission", hint="submissions are .py, .ipynb, .zip, or folders of them")
    if len(work) == 1:
        raise UsageError(f"{place} could be one submission or a folder of one, {shown(work[0])}", hint=hint)
    return "batch"


def _children_on_disk(folder: Path) -> list[_Child]:
    try:
        with os.scandir(folder) as opened:
            entries = sorted((entry for entry in opened if not is_left_out(entry.name)), key=lambda one: one.name)
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}") from error
    return [_child_on_disk(Path(entry.path), is_link=entry.is_symlink()) for entry in entries]


def _child_on_disk(path: Path, *, is_link: bool) -> _Child:
    if is_link:

        def refuse() -> dict[str, bytes]:
            raise Unreadable(f"{shown(path.name)} is a link that leads out of the submission.")

        return _Child(path.name, path.is_dir(), frozenset(), refuse)
    below: frozenset[str] = frozenset()
    if path.is_dir():
        try:
            names = sorted(os.listdir(path))[:FILES]  # noqa: PTH208 - names alone
        except OSError:
            names = []
        packages = {f"{one}/__init__.py" for one in names if (path / one / "__init__.py").is_file()}
        below = frozenset({*names, *packages})
    return _Child(path.name, path.is_dir(), below, lambda: read_place(path))


def _children_in_zip(place: Path, modules: Sequence[str]) -> list[_Child]:
    try:
        archive = zipfile.ZipFile(place)
        listed = archive.infolist()
        check_listing(listed, place.name, _MAX_ZIP_ENTRIES)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise UsageError(f"{place} is not a zip that can be read: {error}") from error
    except Unreadable as error:
        raise UsageError(str(error).rstrip(".")) from error
    members: dict[str, list[tuple[str, zipfile.ZipInfo]]] = {}
    spoilt: dict[str, Unreadable] = {}
    for info in listed:
        try:
            inside = plain_name(info, place.name)
        except Unreadable as error:
            # The owner of a bad path is whoever its first plain part names.
            parts = [part for part in re.split(r"[\\/]+", info.filename) if part not in {"", ".", ".."}]
            owner = parts[0] if parts else "?"
            spoilt.setdefault(owner, error)
            members.setdefault(owner, [])
        else:
            if inside is not None:
                members.setdefault(inside.split("/", 1)[0], []).append((inside, info))
            elif info.is_dir() and not is_left_out(first := info.filename.split("/", 1)[0]) and first:
                members.setdefault(first, [])
    wrapper = _wrapper(members, modules) if not spoilt else None
    if wrapper is not None:
        inner: dict[str, list[tuple[str, zipfile.ZipInfo]]] = {}
        for name, info in members[wrapper]:
            plain = name.removeprefix(f"{wrapper}/")
            inner.setdefault(plain.split("/", 1)[0], []).append((plain, info))
        members = inner
    return [_child_in_zip(archive, name, found, spoilt.get(name)) for name, found in sorted(members.items())]


def _wrapper(members: dict[str, list[tuple[str, zipfile.ZipInfo]]], modules: Sequence[str]) -> str | None:
    """Return the one folder that a zip was made of, where what lies in it is several submissions."""
    if len(members) != 1:
        return None
    (only,) = members
    names = [name for name, _ in members[only]]
    if names == [only]:
        return None
    inside = {name.removeprefix(f"{only}/") for name in names}
    tops = {name.split("/", 1)[0] for name in inside}
    if len(tops) < 2 or "__init__.py" in inside or any(has_main(inside, module) for module in modules):
        return None
    return only


def _child_in_zip(
    archive: zipfile.ZipFile,
    name: str,
    members: Sequence[tuple[str, zipfile.ZipInfo]],
    spoilt: Unreadable | None,
) -> _Child:
    is_file = len(members) == 1 and members[0][0] == name

    def read() -> dict[str, bytes]:
        if spoilt is not None:
            raise spoilt
        if len(members) > FILES:
            raise Unreadable(f"{name} holds more than {FILES} files.")
        files: dict[str, bytes] = {}
        left = TOTAL_BYTES
        for inside, info in members:
            plain = inside if is_file else inside.removeprefix(f"{name}/")
            if plain in files or (not is_file and plain == name):
                raise Unreadable(f"{name} stands twice in the zip.")
            files[plain] = read_member(archive, info, name, left)
            left -= len(files[plain])
        return unpack(files)

    below = frozenset(inside.removeprefix(f"{name}/") for inside, _ in members)
    return _Child(name, not is_file, frozenset() if is_file else below, read)


def _is_somebodys(name: str) -> bool:
    return bool(_MOODLE.search(name)) or not _NOBODYS.fullmatch(name)


def _told_names(entries: Sequence[str]) -> dict[str, str]:
    """Return a name for each entry: without suffix and Moodle's tail where that leaves all names apart."""
    short = {entry: shown(_short(entry)) for entry in entries}
    names = dict(short)
    while True:
        counts = Counter(names.values())
        clashing = [entry for entry in entries if counts[names[entry]] > 1 and names[entry] != shown(entry)]
        if not clashing:
            break
        for entry in clashing:
            names[entry] = shown(entry)
    counts = Counter(names.values())
    for entry in entries:
        if counts[names[entry]] > 1:  # names that differ only in what cannot be shown
            names[entry] += " " + os.fsencode(entry).hex()
    return names


def _short(entry: str) -> str:
    without = _MOODLE.sub("", entry)
    if without and without != entry:
        return without
    stem, suffix = os.path.splitext(entry)  # noqa: PTH122 - of a name
    return stem if stem and suffix.lower() in _WORK else entry
