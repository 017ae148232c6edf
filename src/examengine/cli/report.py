"""`examengine report`: the report of a session."""

from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import SessionName
from examengine.cli.open_screens import narrate_grading
from examengine.core.errors import OperatorError
from examengine.delivery.services import Services

_FORMATS = ("text", "markdown", "json", "html")


@click.command()
@click.argument("session", type=SessionName(), required=False)
@click.option("--format", "format_name", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--defect",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="In place of the report, a note on a defect of this item: to fill in and send yourself.",
)
@click.option("--regrade", is_flag=True, help="Grade the code again, whatever evidence there is.")
@click.pass_obj
def report(
    services: Services,
    session: str | None,
    format_name: str,
    as_json: bool,
    output: Path | None,
    defect: int | None,
    regrade: bool,
) -> int:
    """Print the report of SESSION (its id or the beginning of it); without it, of the one finished last."""
    from examengine.delivery.report_session import report_session
    from examengine.reports.formats import format_named

    value = report_session(services, session, narrate_grading, regrade=regrade)
    if defect is None:
        text = format_named("json" if as_json else format_name).render(value)
    else:
        from examengine.delivery.write_defect_note import item_of_report
        from examengine.reports.defect_note import render_defect_note

        text = render_defect_note(value, item_of_report(value, defect))
    if output is None:
        click.echo(text, nl=False)
        return ExitCode.OK
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OperatorError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"written to {output}", err=True)
    return ExitCode.OK
