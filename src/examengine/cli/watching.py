"""Does something again and again while an author writes, until ctrl-c."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from examengine.bank.read import BankReading
from examengine.cli.exit_codes import ExitCode
from examengine.delivery.watch_files import Watched

Read = Callable[[Path], BankReading]
_NAMED = 3
"""Files that are named as changed."""


def check_and_watch(folders: Sequence[Path], check: Callable[[Read], int]) -> int:
    """Check at once, and again whenever a file of the banks is saved; return how the last check ended.

    Args:
        folders: of the banks.
        check: prints what it finds and returns an exit code; reads banks by what it is given.
    """
    watched = Watched(folders)
    code: int = ExitCode.OK
    try:
        while True:
            code = check(watched.read)
            click.echo("Watching; ctrl-c ends.", err=True)
            changed = watched.wait_for_change()
            _clear()
            more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
            click.echo(f"Changed: {', '.join(changed[:_NAMED])}{more}", err=True)
    except KeyboardInterrupt:
        click.echo(err=True)
        return code


def _clear() -> None:
    """Empty the screen of a terminal; what goes to a file or a pipe stays."""
    if sys.stdout.isatty():
        click.clear()
