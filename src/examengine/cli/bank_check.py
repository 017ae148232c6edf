"""`examengine bank check`: every error and every flaw of a bank, and what its exercises' tests are worth."""

from collections.abc import Callable
from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import BankName
from examengine.cli.options import json_option
from examengine.delivery.services import Services


@click.command()
@click.argument("names", type=BankName(), nargs=-1)
@click.option("--strict", is_flag=True, help="Everything, exercises too (--run); warnings fail the check as errors do.")
@click.option(
    "--run", is_flag=True, help="Run the exercises too: the author's solutions, and mutants of the reference."
)
@click.option(
    "--exercise", "exercises", multiple=True, metavar="NAME", help="Only the exercise in this folder; repeatable."
)
@click.option("--runs", type=click.IntRange(1, 100), default=5, show_default=True, help="Of each solution.")
@click.option(
    "--mutants",
    type=click.IntRange(0),
    help="At most so many of each exercise; by default all, and 60 where a submission may train for long.",
)
@click.option("--seconds", type=click.FloatRange(0), help="After so long no mutant of an exercise is begun.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Gradings at the same time; one for each processor.")
@click.option("--fresh", is_flag=True, help="Run again what was run before and has not changed.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until ctrl-c.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="github: annotations beside the lines of a change.",
)
@json_option
@click.pass_obj
def check(
    services: Services,
    names: tuple[str, ...],
    strict: bool,
    run: bool,
    exercises: tuple[str, ...],
    runs: int,
    mutants: int | None,
    seconds: float | None,
    jobs: int | None,
    fresh: bool,
    watch: bool,
    shape: str,
    as_json: bool,
) -> int:
    """Name every error and every flaw in the banks NAMES (ids or folders); without names, in all banks."""
    from examengine.bank.read import BankReading, read_bank
    from examengine.cli.problem_lines import print_checked
    from examengine.cli.report_line import report_line
    from examengine.delivery.check_banks import check_named_banks
    from examengine.delivery.check_exercises import Thoroughness

    how = Thoroughness(runs=runs, mutants=mutants, seconds=seconds, jobs=jobs, is_fresh=fresh)

    def check_once(read: Callable[[Path], BankReading] = read_bank) -> int:
        checked = check_named_banks(
            services,
            names,
            how=how if run or strict or exercises else None,
            exercises=exercises,
            progress=lambda report: click.echo(report_line(report), err=True),
            read=read,
        )
        print_checked(checked, "json" if as_json else shape)
        problems = [problem for one in checked for problem in one.problems]
        fails = strict or any(problem.severity == "error" for problem in problems)
        return ExitCode.FAILED if problems and fails else ExitCode.OK

    if not watch:
        return check_once()
    from examengine.cli.watching import check_and_watch
    from examengine.delivery.check_banks import folders_of

    return check_and_watch(folders_of(services, names), check_once)
