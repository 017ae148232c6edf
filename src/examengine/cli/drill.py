"""`examengine drill`: practise a domain with immediate feedback."""

import click

from examengine.cli.exam import require_terminal
from examengine.cli.names import BankName
from examengine.cli.open_screens import start_in_lines
from examengine.cli.options import json_option, plain_option, seed_option
from examengine.delivery.services import Services


@click.command()
@click.argument("bank", type=BankName())
@click.option("--domain", "domains", multiple=True, help="Only this domain; may be repeated.")
@click.option("--objective", "objectives", multiple=True, help="Only this objective; may be repeated.")
@click.option("--type", "types", multiple=True, help="Only this item type; may be repeated.")
@click.option("--difficulty", "difficulties", multiple=True, help="Only this difficulty; may be repeated.")
@click.option("--missed", is_flag=True, help="Only items that were not right when last answered.")
@click.option("--new", "never_seen", is_flag=True, help="Only items never seen.")
@click.option("--flagged", is_flag=True, help="Only items that were flagged when last met.")
@click.option("-n", "count", type=click.IntRange(1, 500), default=10, show_default=True, help="How many items.")
@click.option("--all", "all_items", is_flag=True, help="All items that fit, up to 500.")
@click.option("--minutes", type=click.FloatRange(min=0.5), help="A time limit; without it no clock runs.")
@plain_option
@seed_option
@json_option
@click.pass_obj
def drill(
    services: Services,
    bank: str,
    domains: tuple[str, ...],
    objectives: tuple[str, ...],
    types: tuple[str, ...],
    difficulties: tuple[str, ...],
    missed: bool,
    never_seen: bool,
    flagged: bool,
    count: int,
    all_items: bool,
    minutes: float | None,
    plain: bool,
    seed: int | None,
    as_json: bool,
) -> int:
    """Practise what the exams of BANK draw on, such as cmla, or one exam, such as cmla.mock; feedback after each.

    Domains are those of the exams, with the items of all banks that they draw on; a bank without exams has its own.
    Objectives are named as in the bank, or as BANK.OBJECTIVE.

    With several of --missed, --new and --flagged, an item fits where any of them holds. With --minutes the drill
    ends by itself.
    """
    if not plain:
        require_terminal("drill", as_json)
    from examengine.delivery.start_session import count_fitting, prepare_drill
    from examengine.forms.drill import DrillChoice, Only, count_words

    wanted: list[tuple[Only, bool]] = [("missed", missed), ("new", never_seen), ("flagged", flagged)]
    choice = DrillChoice(
        domains=domains,
        objectives=objectives,
        types=types,
        difficulties=difficulties,
        only=tuple(name for name, is_wanted in wanted if is_wanted),
        count=None if all_items else count,
        minutes=minutes,
    )
    prepared = prepare_drill(services, bank, choice, seed)
    click.echo(f"{count_words(count_fitting(services, bank, choice))} your choice.", err=True)
    if plain:
        return start_in_lines(services, prepared, as_json=as_json)
    from examengine.tui.app import SessionOpening, run_tui

    return run_tui(services, SessionOpening(prepared.store(services)))
