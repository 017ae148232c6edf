"""`examengine demo`: a scripted candidate sits a short exam, and its report is left in a folder."""

import tempfile
from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.delivery.services import Services

_PAUSE_SECONDS = 0.4


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-report"),
    show_default=True,
    help="Where report.txt and report.html are left.",
)
@click.option("--bank", default="foundations", show_default=True, help="The bank, by id or folder.")
@click.option("--fast", is_flag=True, help="Do not pause between the lines.")
@click.pass_obj
def demo(services: Services, folder: Path, bank: str, fast: bool) -> int:
    """Watch a scripted candidate sit a short exam with real grading; your own history stays as it is."""
    from examengine.delivery.play_demo import WoundClock, play_demo, write_demo_reports

    def say(line: str) -> None:
        click.echo(line, err=True)

    with tempfile.TemporaryDirectory(prefix="examengine-demo-") as home:
        clock = WoundClock(services.clock)
        own = Services(home=Path(home), clock=clock, ids=services.ids, bank_folders=services.bank_folders)
        try:
            report = play_demo(own, clock, bank, say, pause_seconds=0.0 if fast else _PAUSE_SECONDS)
        finally:
            own.close()
    say("The reports are in:")
    for path in write_demo_reports(report, folder):
        click.echo(path)
    return ExitCode.OK
