"""`examengine bank`: write, check, list and show banks; what each response earns; what an exam still lacks."""

import click

from examengine.cli.bank_check import check
from examengine.cli.bank_preview import preview
from examengine.cli.bank_stats import stats
from examengine.cli.bank_write import new_bank, new_exercise, new_item, schema
from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import BankName, ExamName
from examengine.cli.options import json_option
from examengine.delivery.services import Services


@click.group()
def bank() -> None:
    """Write, check and show banks; see what each response earns, and what an exam still lacks."""


for command in (new_bank, new_item, new_exercise, preview, check, stats, schema):
    bank.add_command(command)


@bank.command("list")
@json_option
@click.pass_obj
def list_banks(services: Services, as_json: bool) -> int:
    """List the banks that are found, and where."""
    from examengine.delivery.open_banks import list_places

    places = list_places(services)
    if as_json:
        import json

        click.echo(
            json.dumps([{"id": one.id, "folder": str(one.folder), "origin": one.origin} for one in places], indent=2)
        )
        return ExitCode.OK
    for place in places:
        click.echo(f"{place.id:<24} {place.origin:<10} {place.folder}")
    return ExitCode.OK


@bank.command()
@click.argument("name", type=BankName())
@click.argument("item", required=False)
@json_option
@click.pass_obj
def show(services: Services, name: str, item: str | None, as_json: bool) -> int:
    """Show the bank NAME by domain and objective, or one ITEM of it with its key."""
    from examengine.delivery.show_bank import show_bank, show_item

    if item is not None:
        shown = show_item(services, name, item)
        click.echo(shown.model_dump_json(indent=2) if as_json else shown.text)
        return ExitCode.OK
    summary = show_bank(services, name)
    if as_json:
        click.echo(summary.model_dump_json(indent=2))
        return ExitCode.OK
    click.echo(f"{summary.title} ({summary.id} {summary.version}, {summary.licence})")
    click.echo(f"digest {summary.digest}")
    for row in summary.objectives:
        counts = ", ".join(f"{count} {name}" for name, count in sorted(row.types.items())) or "nothing yet"
        click.echo(f"  {row.objective:<32} {counts}")
    click.echo(f"exams: {', '.join(summary.blueprints) or 'none'}")
    return ExitCode.OK


@bank.command()
@click.argument("item")
@click.option("--bank", "name", type=BankName(), help="The bank or folder; by default the one that ITEM's id names.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, help="Of the sample, where there are too many.")
@json_option
@click.pass_obj
def scores(services: Services, item: str, name: str | None, seed: int, as_json: bool) -> int:
    """Print the mark of every possible response to ITEM under its rule, or of a fair sample."""
    from examengine.delivery.bank_scores import score_responses

    table = score_responses(services, item, name, seed)
    if as_json:
        click.echo(table.model_dump_json(indent=2))
        return ExitCode.OK
    from examengine.cli.score_lines import score_lines

    for line in score_lines(table):
        click.echo(line)
    return ExitCode.OK


@bank.command()
@click.argument("blueprint", type=ExamName())
@click.option("--forms", type=click.IntRange(1, 100), default=1, help="Forms with no item in common; 1 by default.")
@json_option
@click.pass_obj
def audit(services: Services, blueprint: str, forms: int, as_json: bool) -> int:
    """Say what the banks hold for the exam BLUEPRINT, and exactly what is still to be written."""
    from examengine.delivery.audit_blueprint import audit_blueprint, audit_lines

    audited = audit_blueprint(services, blueprint, forms)
    if as_json:
        click.echo(audited.audit.model_dump_json(indent=2))
    else:
        for line in audit_lines(audited):
            click.echo(line)
    return ExitCode.OK if audited.audit.is_met else ExitCode.FAILED
