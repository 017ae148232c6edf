"""Reads one submission, a folder, a file or a zip, within bounds, and finds the file that is graded."""

import io
import lzma
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from examengine.grading.intake import FILES, TOTAL_BYTES

MAX_ENTRIES = 5000
"""What a submission's folder or archive may hold, all told, before it is not looked through any further."""
MAX_DEPTH = 16
_MAX_RATIO = 200
"""Text packs 3 to 20 times smaller; beyond this an archive is made to burst."""
_SMALL_BYTES = 1024 * 1024
_LEFT_OUT = frozenset({"__pycache__", "__MACOSX", "timestamp.txt", "Thumbs.db", "desktop.ini"})
_ARCHIVES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
_NAMED = 5


class Unreadable(Exception):  # noqa: N818 - a fact about a submission, told to its reader as a row
    """A submission cannot be read; the message is one sentence."""


class ChosenFiles(NamedTuple):
    """What of a submission goes to the grader."""

    files: dict[str, bytes]
    """By name, the graded one under the name that the tests import; empty for a notebook."""
    notebook: bytes | None
    main: str
    """Where the graded file stood in the submission."""


def is_left_out(name: str) -> bool:
    """Return whether an entry is no part of anybody's work: what editors, systems and nbgrader leave behind."""
    return name.startswith(".") or name in _LEFT_OUT


def shown(name: str) -> str:
    """Return a name, or a sentence with one in it, as text that any terminal and any file can hold."""
    text = name.encode("utf-8", "surrogateescape" if _is_from_disk(name) else "backslashreplace")
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii")
        for one in unicodedata.normalize("NFC", text.decode("utf-8", "backslashreplace"))
    )


def read_place(path: Path) -> dict[str, bytes]:
    """Return the files of a submission on disk, by name relative to it; a zip is read as its folder.

    Raises:
        Unreadable: it cannot be read within the bounds.
    """
    try:
        if path.is_dir():
            return unpack(_read_folder(path))
        content = read_file(path, TOTAL_BYTES)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {_reason(error)}.") from error
    return unpack({path.name: content})


def unpack(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of the only zip where there is nothing else to grade, or the files as they are.

    Raises:
        Unreadable: the zip cannot be read within the bounds.
    """
    archives = [name for name in files if name.lower().endswith(".zip")]
    if len(archives) == 1 and not any(name.lower().endswith((".py", ".ipynb")) for name in files):
        return read_zip(files[archives[0]], PurePosixPath(archives[0]).name)
    return files


def read_file(path: Path, limit: int) -> bytes:
    """Return a regular file's bytes.

    Raises:
        OSError: it cannot be read.
        Unreadable: it is no regular file, or larger than the limit.
    """
    # Without waiting: a pipe in the place of a file must not hang the reader.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as opened:  # noqa: PTH123 - by descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(f"{path.name} is not a regular file.")
        content = opened.read(limit + 1)
    if len(content) > limit:
        raise Unreadable(f"{path.name} is larger than {limit // 2**20} MiB.")
    return content


def read_zip(content: bytes, name: str) -> dict[str, bytes]:
    """Return the files of an archive.

    Raises:
        Unreadable: it is broken, locked, too large, or names paths outside of itself.
    """
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            check_listing(listed, name)
            left = TOTAL_BYTES
            for info in listed:
                inside = plain_name(info, name)
                if inside is None:
                    continue
                if inside in files:
                    raise Unreadable(f"{name} holds {inside} twice.")
                files[inside] = read_member(archive, info, name, left)
                left -= len(files[inside])
                _check_count(files, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(f"{name} is not a zip that can be read: {_first_line(error)}.") from error
    _check_shapes(files, name)
    return files


def check_listing(listed: Iterable[zipfile.ZipInfo], name: str, entries: int = MAX_ENTRIES) -> None:
    """Check an archive's own list before anything is unpacked.

    Raises:
        Unreadable: it names too much.
    """
    for count, _info in enumerate(listed, 1):
        if count > entries:
            raise Unreadable(f"{name} holds more than {entries} entries.")


def plain_name(info: zipfile.ZipInfo, archive: str) -> str | None:
    """Return a member's path, or None for what is left out.

    Raises:
        Unreadable: the path leads out of the archive, or the member is a link.
    """
    spelt = info.filename.replace("\\", "/")
    path = PurePosixPath(spelt)
    if path.is_absolute() or ".." in path.parts or spelt[1:2] == ":":
        raise Unreadable(f"{archive} holds the path {spelt!r}, which leads out of it.")
    if info.is_dir() or not path.parts or any(is_left_out(part) for part in path.parts):
        return None
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Unreadable(f"{archive} holds a link, {spelt!r}.")
    if len(path.parts) > MAX_DEPTH:
        raise Unreadable(f"{archive} is nested more than {MAX_DEPTH} folders deep.")
    return str(path)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """Return a member's bytes.

    Raises:
        Unreadable: it is locked, broken, larger than the limit, or packed as no honest file is.
    """
    if info.flag_bits & 1:
        raise Unreadable(f"{name} is locked with a password.")
    if info.file_size > limit:
        raise Unreadable(f"{name} unpacks to more than {TOTAL_BYTES // 2**20} MiB.")
    if info.file_size > _SMALL_BYTES and info.file_size > _MAX_RATIO * max(1, info.compress_size):
        raise Unreadable(f"{name} holds {info.filename!r}, which is packed {_MAX_RATIO} times smaller than it is.")
    try:
        with archive.open(info) as opened:
            content = opened.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable(f"{name} is damaged at {info.filename!r}: {_first_line(error)}.") from error
    if len(content) > limit:
        raise Unreadable(f"{name} unpacks to more than {TOTAL_BYTES // 2**20} MiB.")
    return content


def choose_files(
    files: Mapping[str, bytes], module: str, *, wanted_folders: Iterable[str] = (), prefers_notebook: bool = False
) -> ChosenFiles:
    """Find the file that is graded and return it with what lies beside it.

    Args:
        files: the whole submission, by relative path.
        module: the name that the tests import.
        wanted_folders: which of several folders is meant, such as the assignment's name.
        prefers_notebook: whether a notebook goes before a Python file.

    Raises:
        Unreadable: there is none, or more than one that it could be.
    """
    base = _base(files, module, tuple(wanted_folders), prefers_notebook=prefers_notebook)
    inside = {name.removeprefix(base): content for name, content in files.items() if name.startswith(base)}
    top = sorted(name for name in inside if "/" not in name)
    notebooks = [name for name in top if name.lower().endswith(".ipynb")]
    main = _main_of(inside, module)
    if notebooks and (prefers_notebook or main is None):
        named = [name for name in notebooks if PurePosixPath(name).stem in {module, *wanted_folders}]
        chosen = named if len(notebooks) > 1 else notebooks
        if len(chosen) == 1:
            return ChosenFiles({}, inside[chosen[0]], shown(base + chosen[0]))
        raise Unreadable(f"There are {len(notebooks)} notebooks ({_named(notebooks)}): which is meant cannot be told.")
    if main is not None:
        return ChosenFiles(inside, None, shown(base + main))
    if "__init__.py" in inside:
        return ChosenFiles(
            {f"{module}/{name}": text for name, text in inside.items()}, None, shown(base + "__init__.py")
        )
    chosen = _only_python_file(top, module)
    if len(chosen) == 1:
        taken = {name: content for name, content in inside.items() if name != chosen[0]}
        return ChosenFiles({**taken, f"{module}.py": inside[chosen[0]]}, None, shown(base + chosen[0]))
    if chosen:
        raise Unreadable(f"There is no {module}.py, and which of {_named(chosen)} is meant cannot be told.")
    archive = next((name for name in top if PurePosixPath(name).suffix.lower() in _ARCHIVES), None)
    if archive:
        raise Unreadable(f"{archive} is an archive of a kind that is not read; only .zip is.")
    what = f"; there is {_named(top)}" if top else ": it is empty" if not inside else ""
    raise Unreadable(f"There is no {module}.py among the submitted files{what}.")


def has_main(names: Iterable[str], module: str) -> bool:
    """Return whether the tests' module is among these names, as a file or as a package."""
    return any(name in {f"{module}.py", f"{module}/__init__.py"} for name in names)


def _base(files: Mapping[str, bytes], module: str, wanted: tuple[str, ...], *, prefers_notebook: bool) -> str:
    """Return the folder in which the work lies: down through folders that hold nothing but one folder."""
    base = ""
    while True:
        below = [name.removeprefix(base) for name in files if name.startswith(base)]
        top = {name for name in below if "/" not in name}
        folders = sorted({name.split("/", 1)[0] for name in below if "/" in name})
        is_here = any(name.lower().endswith((".ipynb", ".py")) for name in top) or has_main(below, module)
        if is_here or not folders:
            return base
        kinds = (".ipynb", ".py") if prefers_notebook else (".py", ".ipynb")
        with_work = [
            one for one in folders if any(n.startswith(f"{one}/") and n.lower().endswith(kinds) for n in below)
        ]
        meant = [one for one in with_work if one in wanted]
        if len(meant) == 1:
            base += f"{meant[0]}/"
        elif len(with_work) == 1:
            base += f"{with_work[0]}/"
        elif with_work:
            raise Unreadable(f"There are several folders ({_named(with_work)}): which is meant cannot be told.")
        else:
            return base


def _main_of(names: Iterable[str], module: str) -> str | None:
    return next((name for name in (f"{module}.py", f"{module}/__init__.py") if name in names), None)


def _only_python_file(top: list[str], module: str) -> list[str]:
    python = [name for name in top if name.lower().endswith(".py")]
    same = [name for name in python if name.casefold() == f"{module}.py".casefold()]
    own = [name for name in python if not name.startswith("test_") and name != "conftest.py"]
    return same if len(same) == 1 else own if len(own) == 1 else python


def _read_folder(folder: Path) -> dict[str, bytes]:
    root = folder.resolve(strict=True)
    files: dict[str, bytes] = {}
    seen, left = 0, TOTAL_BYTES
    waiting = [(folder, 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise Unreadable(f"{folder.name} is nested more than {MAX_DEPTH} folders deep.")
        entries = _entries(here, folder)
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue  # a virtual environment is nobody's work
        for entry in entries:
            seen += 1
            if seen > MAX_ENTRIES:
                raise Unreadable(f"{folder.name} holds more than {MAX_ENTRIES} entries.")
            path = Path(entry.path)
            name = path.relative_to(folder).as_posix()
            if is_left_out(entry.name):
                continue
            if entry.is_symlink():
                path = _followed(path, name, root)
                if path.is_dir():
                    continue  # its files are met under their own names
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((path, depth + 1))
                continue
            try:
                files[name] = read_file(path, left)
            except OSError as error:
                raise Unreadable(f"{name} cannot be read: {_reason(error)}.") from error
            left -= len(files[name])
            _check_count(files, folder.name)
    _check_shapes(files, folder.name)
    return dict(sorted(files.items()))


def _entries(here: Path, folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(here) as opened:
            return sorted(opened, key=lambda entry: entry.name)
    except OSError as error:
        name = here.relative_to(folder).as_posix() if here != folder else folder.name
        raise Unreadable(f"{name} cannot be read: {_reason(error)}.") from error


def _followed(path: Path, name: str, root: Path) -> Path:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise Unreadable(f"{name} is a link that leads nowhere.") from error
    if not target.is_relative_to(root):
        raise Unreadable(f"{name} is a link that leads out of the submission.")
    return target


def _is_from_disk(name: str) -> bool:
    """Tell whether the surrogates of a name stand for bytes, as Python reads names that are not UTF-8."""
    return not any("\ud800" <= one <= "\udc7f" or "\udd00" <= one <= "\udfff" for one in name)


def _check_count(files: Mapping[str, bytes], name: str) -> None:
    if len(files) > FILES:
        raise Unreadable(f"{name} holds more than {FILES} files.")


def _check_shapes(files: Mapping[str, bytes], name: str) -> None:
    """Check that the names make a tree, as text."""
    for one in files:
        if not one.isprintable():
            raise Unreadable(f"{name} holds a file whose name is not text: {one!r}.")
        if any(str(parent) in files for parent in PurePosixPath(one).parents):
            raise Unreadable(f"{name} holds {one!r} below a file of that name.")


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more


def _reason(error: OSError) -> str:
    text = error.strerror or "it is not there"
    return text[0].lower() + text[1:]


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")[:200] or type(error).__name__
