"""`examengine history`: the sessions there are."""

from datetime import UTC, datetime

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.options import json_option
from examengine.delivery.list_sessions import SessionLine, list_sessions
from examengine.delivery.services import Services


@click.command()
@json_option
@click.pass_obj
def history(services: Services, as_json: bool) -> int:
    """List all sessions, newest first."""
    lines = list_sessions(services)
    if as_json:
        import json

        click.echo(json.dumps([line.model_dump(mode="json") for line in lines], indent=2))
        return ExitCode.OK
    if not lines:
        click.echo("No session yet. Sit one with: examengine exam cmla.mock", err=True)
        return ExitCode.OK
    click.echo(f"{'session':<16}  {'started (UTC)':<16}  {'exam':<24}  {'answered':<9}  result")
    for line in lines:
        started = datetime.fromtimestamp(line.started, UTC)
        answered = f"{line.answered}/{line.entries}"
        click.echo(f"{line.id:<16}  {started:%Y-%m-%d %H:%M}  {line.blueprint:<24}  {answered:<9}  {_result(line)}")
    return ExitCode.OK


def _result(line: SessionLine) -> str:
    from examengine.reports.words import OUTCOMES, duration

    if line.is_open:
        left = "" if line.seconds_left is None else f", {duration(line.seconds_left)} left"
        return f"open{left}"
    if line.kind == "drill":
        return f"{line.percent:.1f} %"
    return f"{OUTCOMES[line.outcome]} {line.scaled} ({line.percent:.1f} %)"
