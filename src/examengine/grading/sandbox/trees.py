"""Which file trees a child may read: the interpreter, its packages, the system's libraries.

Our own package is left out: banks, and with them hidden tests and keys, travel inside it.
"""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

OWN_PACKAGE = str(Path(__file__).resolve().parents[2])
"""The folder of the `examengine` package."""

_SYSTEM = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/mime.types",
    "/etc/alternatives",
    "/nix/store",
    "/gnu/store",
    "/System/Library",
    "/Library/Frameworks",
    "/usr/share/icu",
    "/private/var/db/timezone",
)
_WIDE = ("/", "/usr", "/usr/local", "/opt", "/home", "/root", "/Users", "/opt/homebrew")
"""Prefixes too wide to be granted whole."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Real paths, none inside another."""

    visible: tuple[str, ...]
    """Readable and runnable."""
    hidden: tuple[str, ...]
    """Folders inside `visible` that are for the warm parent alone: our own package."""
    links: tuple[tuple[str, str], ...]
    """Symbolic links on the way to a visible tree: where, and what they say."""


def _interpreter() -> list[str]:
    paths = [
        value for key, value in sysconfig.get_paths().items() if key in {"stdlib", "platstdlib", "purelib", "platlib"}
    ]
    paths += [
        entry for entry in sys.path if os.path.basename(entry) in {"site-packages", "dist-packages", "lib-dynload"}
    ]
    paths += [
        os.path.dirname(os.__file__),
        sysconfig.get_config_var("LIBDIR") or "",
        sysconfig.get_config_var("DESTSHARED") or "",
        sys.executable,
        getattr(sys, "_base_executable", "") or "",
        os.path.join(sys.prefix, "pyvenv.cfg"),
    ]
    paths += [
        prefix
        for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
        if prefix not in _WIDE and os.path.realpath(prefix) != os.path.expanduser("~")
    ]
    return [path for path in paths if path and path not in _WIDE]


def _packages(names: Iterable[str]) -> list[str]:
    """Return the folders of packages that lie outside the usual places (editable installs)."""
    paths: list[str] = []
    for name in names:
        try:
            spec = importlib.util.find_spec(name.partition(".")[0])
        except (ImportError, ValueError):
            continue
        if spec is None:
            continue
        paths += list(spec.submodule_search_locations or ())
        if spec.origin and os.path.isfile(spec.origin):
            paths.append(spec.origin)
    return paths


def _links_and_target(path: str) -> tuple[list[tuple[str, str]], str]:
    """Follow a path component by component; return the links met and the real path."""
    links: list[tuple[str, str]] = []
    current = "/"
    rest = [part for part in path.split("/") if part]
    for _ in range(256):
        if not rest:
            return links, current
        part = rest.pop(0)
        if part == "..":
            current = os.path.dirname(current)
            continue
        step = os.path.join(current, part)
        if os.path.islink(step):
            target = os.readlink(step)
            links.append((step, target))
            rest = [piece for piece in target.split("/") if piece not in {"", "."}] + rest
            if target.startswith("/"):
                current = "/"
        else:
            current = step
    return links, os.path.realpath(path)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def find(packages: Iterable[str] = (), own_package: str = OWN_PACKAGE) -> Trees:
    """Return what has to be visible here so that Python and these packages work."""
    wanted = [*_interpreter(), *_packages(packages), *_SYSTEM, own_package]
    links: dict[str, str] = {}
    real: set[str] = set()
    for path in wanted:
        if not os.path.lexists(path):
            continue
        met, target = _links_and_target(os.path.abspath(path))
        links.update(met)
        if os.path.exists(target) and target not in _WIDE:
            real.add(target)
    visible: list[str] = []
    for path in sorted(real):
        if not any(_within(path, other) for other in visible):
            visible.append(path)
    return Trees(
        visible=tuple(visible),
        hidden=(os.path.realpath(own_package),),
        links=tuple(
            (where, target)
            for where, target in sorted(links.items())
            if not any(_within(where, path) for path in visible)
        ),
    )


def grants(trees: Trees) -> tuple[str, ...]:
    """Return the visible trees without the hidden folders, as paths to grant one by one.

    A folder with a hidden one below it is replaced by its other entries.
    """
    granted: list[str] = []

    def add(path: str) -> None:
        if any(_within(path, hidden) for hidden in trees.hidden):
            return
        if not any(_within(hidden, path) for hidden in trees.hidden):
            granted.append(path)
            return
        with os.scandir(path) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if not entry.is_symlink():
                    add(entry.path)

    for path in trees.visible:
        add(path)
    return tuple(granted)
