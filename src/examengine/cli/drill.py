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
@click.option("-n", "count", type=click.IntRange(1, 500), default=10, show_default=True, help="How many items.")
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
    count: int,
    minutes: float | None,
    plain: bool,
    seed: int | None,
    as_json: bool,
) -> int:
    """Practise items of BANK, such as cmla, with feedback after each."""
    if not plain:
        require_terminal("drill", as_json)
    from examengine.delivery.start_session import prepare_drill
    from examengine.forms.drill import DrillChoice

    choice = DrillChoice(
        domains=domains, objectives=objectives, types=types, difficulties=difficulties, count=count, minutes=minutes
    )
    prepared = prepare_drill(services, bank, choice, seed)
    if plain:
        return start_in_lines(services, prepared, as_json=as_json)
    from examengine.tui.app import SessionOpening, run_tui

    return run_tui(services, SessionOpening(prepared.store(services)))
