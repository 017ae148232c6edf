"""Bubblewrap: a view of the machine for the warm parent where we may not make one ourselves.

Some systems let the installed `bwrap` make namespaces and nobody else (Ubuntu's AppArmor profiles).
What runs inside can make none of its own, so judge and candidate share this view, and Landlock and
seccomp stand between them.
"""

import shutil
import sys

from examengine.grading.sandbox.trees import Trees

NAME = "bubblewrap"
DETAIL = "own files, network, processes and host name, for judge and candidate together"
_SCRATCH_BYTES = 2 << 30


def find() -> str | None:
    """Return the path of `bwrap`, or None where it is not installed."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def wrap(program: str, trees: Trees, command: list[str]) -> list[str]:
    """Return the command that runs `command` in a view of these trees, read-only, and no network."""
    arguments = [program, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"]
    # First of all, for the program itself may lie below it.
    arguments += ["--size", str(_SCRATCH_BYTES), "--tmpfs", "/tmp"]  # noqa: S108 - inside a fresh root
    for path in trees.visible:
        arguments += ["--ro-bind", path, path]
    for where, target in trees.links:
        arguments += ["--symlink", target, where]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    return [*arguments, "--chdir", "/", "--", *command]
