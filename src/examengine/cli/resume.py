"""`examengine resume`: go on with a session."""

import sys

import click

from examengine.cli.exam import require_terminal
from examengine.cli.names import SessionName
from examengine.cli.open_screens import print_result, sit_in_lines
from examengine.cli.options import json_option, plain_option
from examengine.core.errors import UsageError
from examengine.delivery.services import Services


@click.command()
@click.argument("session", type=SessionName(), required=False)
@plain_option
@json_option
@click.pass_obj
def resume(services: Services, session: str | None, plain: bool, as_json: bool) -> int:
    """Go on with SESSION (its id or the beginning of it); without it, with the newest open one."""
    if session is None:
        opened = [row for row in services.store.list_sessions() if row.phase != "submitted"]
        if not opened:
            raise UsageError("no session is open", hint="start one with: examengine exam cmla.mock")
        session = opened[0].id
    row = services.store.read_session(session)
    if row.phase == "submitted":
        click.echo(f"Session {row.id} is over; this is its report.", err=True)
        return print_result(services, row.id, as_json=as_json)
    if plain:
        from examengine.plain.line_source import LineSource

        return sit_in_lines(services, row.id, LineSource(sys.stdin), as_json=as_json)
    require_terminal("resume", as_json)
    from examengine.tui.app import SessionOpening, run_tui

    return run_tui(services, SessionOpening(row.id))
