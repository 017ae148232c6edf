"""The terminal's side of a batch: rows on stdout, progress and advice on stderr."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.core.evidence import IsolationLevel
from examengine.delivery.assignments import Assignment
from examengine.delivery.batch_folder import JOURNAL, BatchFolder
from examengine.delivery.batch_row import BatchRow, RowOutcome, row_as_contract
from examengine.delivery.cohort import summarise, summary_lines
from examengine.delivery.find_submissions import FoundSubmissions
from examengine.delivery.grade_batch import Batch, BatchInterrupted, GradingPlace
from examengine.delivery.trusted_isolation import check_isolation

_NAME_COLUMNS = 32


def run_batch(
    place: GradingPlace,
    found: FoundSubmissions,
    assignment: Assignment,
    title: str,
    submissions: Path,
    least: IsolationLevel | None,
    *,
    jobs: int | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Grade a batch and print it; return the exit code."""
    if found.passed_over:
        click.echo(f"passed over, being no submission: {', '.join(found.passed_over)}", err=True)
    folder = None if out is None else BatchFolder.open(out, submissions)
    try:
        batch = Batch(
            place.grader,
            found.sources,
            assignment,
            title=title,
            require=least,
            folder=folder,
            check=lambda: check_isolation(place.grader, least, assignment.requires),
        )
        width = min(_NAME_COLUMNS, max(len(source.name) for source in found.sources))

        def show(row: BatchRow) -> None:
            click.echo(json.dumps(row_as_contract(row), ensure_ascii=False) if as_json else _line(row, width))

        try:
            with _progress(len(found.sources)) as advance:
                rows = batch.run(jobs or place.jobs, on_row=show, on_done=advance, on_stop=place.end)
        except BatchInterrupted as stopped:
            click.echo(f"interrupted: {_kept(stopped, out)}", err=True)
            return ExitCode.INTERRUPTED
        summary = summarise(rows)
        if folder is not None:
            folder.finish(rows, summary.as_json())
        click.echo("\n".join(["", *summary_lines(summary)]), err=as_json)
        if out is not None:
            click.echo(f"written to {out}", err=True)
    finally:
        if folder is not None:
            folder.close()
    return _exit_code(rows)


def _exit_code(rows: list[BatchRow]) -> ExitCode:
    if any(row.outcome is RowOutcome.UNAVAILABLE for row in rows):
        return ExitCode.UNAVAILABLE
    return ExitCode.OK if all(row.is_passed for row in rows) else ExitCode.FAILED


def _line(row: BatchRow, width: int) -> str:
    graded = row.graded
    points = f"{float(graded.earned):g} of {float(graded.possible):g}"
    if row.outcome is RowOutcome.UNAVAILABLE:
        points = "not graded"
    message = graded.evidence.message.strip().split("\n", 1)[0]
    return f"{row.submission:<{width}}  {row.outcome.replace('_', ' '):<11}  {points:>12}  {message}".rstrip()


def _kept(stopped: BatchInterrupted, out: Path | None) -> str:
    if out is None:
        return f"{stopped}; with --out FOLDER a batch can be resumed"
    return f"{stopped} and kept in {out / JOURNAL}; the same command again goes on from there"


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on stderr where it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # What goes to stdout is data and passes the bar by, unless both are the same terminal.
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
        redirect_stderr=False,
    ) as bar:
        task = bar.add_task("grading", total=total)
        yield lambda: bar.advance(task)
