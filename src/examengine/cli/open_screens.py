"""Chooses between screens and lines for the commands that sit a session, and runs them."""

import os
import sys
from typing import TYPE_CHECKING

import click

from examengine.cli.exit_codes import ExitCode
from examengine.delivery.services import Services

if TYPE_CHECKING:
    from examengine.core.evidence import Evidence
    from examengine.delivery.start_session import PreparedSession
    from examengine.forms.form import FormEntry
    from examengine.plain.line_source import LineSource


def has_terminal() -> bool:
    """Return whether a person can be shown screens: at a terminal, or in a browser by way of `examengine serve`."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    # A dumb terminal has no cursor to draw screens with; line mode needs none.
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def open_home(services: Services) -> int:
    """Open the screens, or without a terminal say what exams there are and how to sit one in lines."""
    if has_terminal():
        from examengine.tui.app import HomeOpening, run_tui

        return run_tui(services, HomeOpening())
    from examengine.delivery.list_exams import list_exams

    click.echo("examengine: timed mock exams in a terminal.")
    click.echo("\nExams:")
    for exam in list_exams(services):
        why = exam.trouble or exam.lacks
        trouble = f"  [{why}]" if why else ""
        minutes = f"{exam.minutes:g} minutes"
        click.echo(f"  {exam.id:<20} {exam.title} ({minutes}, {exam.status}){trouble}")
    click.echo("\nSit one in line mode:      examengine exam cmla.mock --plain")
    click.echo("From a script:             examengine exam cmla.mock --plain --seed 7 --json < lines.txt")
    click.echo("Drill a domain:            examengine drill cmla --domain evaluation -n 10 --plain")
    click.echo("All commands:              examengine --help")
    return ExitCode.OK


def start_in_lines(services: Services, prepared: "PreparedSession", *, as_json: bool) -> int:
    """Read out the rules of an assembled form, store the session once it is begun, and run it in line mode."""
    from examengine.delivery.missing_packages import missing_packages, missing_sentence
    from examengine.plain.line_source import LineSource
    from examengine.plain.session_loop import introduce

    missing = missing_packages(prepared.form)
    if missing:
        click.echo(missing_sentence(missing), err=True)
    lines = LineSource(sys.stdin)
    if not introduce(prepared.form, lines, sys.stderr, asks=sys.stdin.isatty()):
        return ExitCode.OK
    return sit_in_lines(services, prepared.store(services), lines, as_json=as_json)


def sit_in_lines(services: Services, session: str, lines: "LineSource", *, as_json: bool) -> int:
    """Run a stored session in line mode and print its result on stdout."""
    from examengine.delivery.looking import Looking
    from examengine.delivery.sitting import Busy, Sitting
    from examengine.plain.session_loop import SessionLoop

    opened = Sitting.open(services, session)
    sitting = Looking(services, opened) if isinstance(opened, Busy) else opened
    try:
        loop = SessionLoop(services, sitting, lines, sys.stderr, asks=sys.stdin.isatty())
        is_submitted = loop.run()
    finally:
        sitting.close()
    if isinstance(sitting, Looking):
        return ExitCode.UNAVAILABLE
    if not is_submitted:
        click.echo(f"Session {session} is kept. Go on with: examengine resume {session} --plain", err=True)
        if as_json:
            click.echo(_open_session_json(services, session))
        return ExitCode.OK
    return print_result(services, session, as_json=as_json)


def print_result(services: Services, session: str, *, as_json: bool) -> int:
    """Grade what is not graded and print the report on stdout, as text or JSON."""
    from examengine.delivery.report_session import report_session
    from examengine.reports.formats import format_named

    report = report_session(services, session, narrate_grading)
    click.echo(format_named("json" if as_json else "text").render(report), nl=False)
    return ExitCode.OK


def narrate_grading(entry: "FormEntry", evidence: "Evidence | None") -> None:
    """Say on stderr what is being graded, and how it ended."""
    if evidence is None:
        click.echo(f"Grading item {entry.number} ...", err=True)
    else:
        click.echo(f"Item {entry.number}: {evidence.verdict}. {evidence.message}", err=True)


def _open_session_json(services: Services, session: str) -> str:
    from examengine.delivery.list_sessions import open_sessions

    return next(line for line in open_sessions(services) if line.id == session).model_dump_json(indent=2)
