"""`examengine exam`: sit an exam."""

import click

from examengine.cli.names import ExamName
from examengine.cli.open_screens import has_terminal, start_in_lines
from examengine.cli.options import json_option, plain_option, seed_option
from examengine.core.errors import UsageError
from examengine.delivery.services import Services


@click.command()
@click.argument("name", type=ExamName())
@plain_option
@seed_option
@click.option(
    "--time-multiplier",
    type=click.FloatRange(0.25, 10),
    default=1.0,
    show_default=True,
    help="More (or less) time for every clock, such as 1.5.",
)
@json_option
@click.pass_obj
def exam(services: Services, name: str, plain: bool, seed: int | None, time_multiplier: float, as_json: bool) -> int:
    """Sit the exam NAME, such as cmla.mock."""
    if plain:
        from examengine.delivery.start_session import prepare_exam

        return start_in_lines(services, prepare_exam(services, name, seed, time_multiplier), as_json=as_json)
    require_terminal("exam", as_json)
    from examengine.tui.app import ExamStartOpening, run_tui

    return run_tui(services, ExamStartOpening(name, seed, time_multiplier))


def require_terminal(command: str, as_json: bool) -> None:
    """Refuse to open screens where there is no terminal, or where a script wants JSON.

    Raises:
        UsageError: line mode is the way to go.
    """
    if as_json:
        raise UsageError("--json goes with --plain", hint=f"use: examengine {command} ... --plain --json")
    if not has_terminal():
        raise UsageError("there is no terminal for the screens", hint=f"use: examengine {command} ... --plain")
