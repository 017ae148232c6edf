"""The program's entry: loads the command that is called, and turns every error into a sentence and an exit code."""

import atexit
import contextlib
import importlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from examengine import __version__
from examengine.cli.exit_codes import ExitCode, exit_code_of
from examengine.core.errors import ExamEngineError

COMMANDS = {
    "exam": "examengine.cli.exam:exam",
    "drill": "examengine.cli.drill:drill",
    "resume": "examengine.cli.resume:resume",
    "history": "examengine.cli.history:history",
    "report": "examengine.cli.report:report",
    "grade": "examengine.cli.grade:grade",
    "form": "examengine.cli.form:form",
    "bank": "examengine.cli.bank:bank",
    "serve": "examengine.cli.serve:serve",
    "doctor": "examengine.cli.doctor:doctor",
    "demo": "examengine.cli.demo:demo",
    "completion": "examengine.cli.completion:completion",
}
"""Command to where it is written: one row each, imported when it is called."""


class LazyCommands(click.Group):
    """A group whose commands are imported when they are asked for, so that a start pays for one of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one is told with the nearest names."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=LazyCommands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--banks",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="A bank's folder, or a folder of banks, which goes before the installed ones; may be repeated.",
)
@click.option("--debug", is_flag=True, help="After a fault of the program, write what happened to a file.")
@click.version_option(__version__, prog_name="examengine")
@click.pass_context
def entry(ctx: click.Context, banks: tuple[Path, ...], debug: bool) -> None:
    """Timed mock exams in a terminal: mixed items, code graded by hidden tests, scores by domain.

    Without a command the program opens its screens.
    """
    del debug  # read in main, where faults end
    from examengine.delivery.services import Services

    services = Services(bank_folders=banks)
    ctx.obj = services
    ctx.call_on_close(services.close)
    if ctx.invoked_subcommand is None:
        from examengine.cli.open_screens import open_home

        ctx.exit(open_home(services))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; every way out is an exit code."""
    ended: list[int] = []
    if arguments is None:
        # First in, last out: whatever the program opens later is closed before.
        atexit.register(_leave_threads, ended)
    ended.append(_run(list(sys.argv[1:] if arguments is None else arguments)))
    sys.exit(ended[0])


def _leave_threads(ended: list[int]) -> None:
    """End the process here where a thread is still at work.

    The interpreter stops such a thread in the middle of whatever it calls; below compiled code that is no way to end,
    and the whole process would abort with a message on the person's terminal.
    """
    if not ended or set(threading.enumerate()) <= {threading.main_thread()}:
        return
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(ended[0])


def _run(words: list[str]) -> int:
    try:
        ended: Any = entry.main(args=words, prog_name="examengine", standalone_mode=False)
    except click.exceptions.Abort:
        print("interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except ExamEngineError as error:
        print(f"error: {error}", file=sys.stderr)
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader went away, as `head` does: no fault, and nothing may be flushed any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception:  # noqa: BLE001 - the last place where a traceback can be kept from the user
        print(f"error: {_keep_traceback('--debug' in words)}", file=sys.stderr)
        return ExitCode.INTERNAL
    return int(ended) if isinstance(ended, int) else ExitCode.OK


def _keep_traceback(wanted: bool) -> str:
    """Return the sentence for a fault of the program; write the traceback only when asked to, for it holds keys."""
    if not wanted:
        return "a fault in examengine; run it again with --debug before the command to write down what happened"
    path = Path.cwd() / f"examengine-fault-{int(time.time())}.txt"
    try:
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return "a fault in examengine, and what happened could not be written to this folder"
    return f"a fault in examengine; what happened is written to {path}"
