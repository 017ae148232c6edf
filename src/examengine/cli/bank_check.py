"""`examengine bank check`: every error and every flaw of a bank, and what its exercises' own solutions earn."""

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import BankName
from examengine.cli.options import json_option
from examengine.delivery.services import Services


@click.command()
@click.argument("names", type=BankName(), nargs=-1)
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
@click.option("--run", is_flag=True, help="Grade the exercises' own solutions too: reference, starter, wrong ones.")
@json_option
@click.pass_obj
def check(services: Services, names: tuple[str, ...], strict: bool, run: bool, as_json: bool) -> int:
    """Name every error and every flaw in the banks NAMES (ids or folders); without names, in all banks."""
    from examengine.delivery.check_banks import check_named_banks

    checked = check_named_banks(
        services, names, runs_solutions=run, progress=lambda name: click.echo(f"grading {name}", err=True)
    )
    problems = [problem for one in checked for problem in one.problems]
    errors = [problem for problem in problems if problem.severity == "error"]
    if as_json:
        import json

        click.echo(json.dumps([one.model_dump(mode="json") for one in checked], indent=2))
    else:
        for problem in problems:
            click.echo(f"{problem}{'' if problem.severity == 'error' else ' [warning]'}")
        for one in checked:
            click.echo(
                f"{one.id or one.folder}: {one.items} items, {one.exercises} exercises, {one.blueprints} exams;"
                f" {len(one.errors)} errors, {len(one.warnings)} warnings",
                err=True,
            )
    return ExitCode.FAILED if errors or (strict and problems) else ExitCode.OK
