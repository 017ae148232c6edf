"""`examengine form`: the form that a blueprint and a seed give, or several forms that are built together."""

from typing import TYPE_CHECKING, Any

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import ExamName
from examengine.cli.options import json_option, seed_option
from examengine.core.counted import counted
from examengine.delivery.services import Services

if TYPE_CHECKING:
    from examengine.forms.form import Form


@click.command()
@click.argument("blueprint", type=ExamName())
@seed_option
@click.option(
    "--forms",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="Build so many parallel forms together: like in difficulty and time, with the least in common.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="SESSION",
    help="Overlap as little as can be with this session; may be given several times.",
)
@json_option
@click.pass_obj
def form(
    services: Services, blueprint: str, seed: int | None, forms: int, avoid: tuple[str, ...], as_json: bool
) -> int:
    """Show which items the form of BLUEPRINT and the seed holds, and what is proven of it; keys are not shown.

    Without --avoid the form does not depend on what was sat before.
    """
    from examengine.delivery.assemble_forms import assemble_forms, history_of_sessions
    from examengine.delivery.start_session import fresh_seed

    history = history_of_sessions(services, avoid)
    wanted = fresh_seed(services) if seed is None else seed
    made, _banks = assemble_forms(services, blueprint, wanted, forms=forms, history=history)
    if as_json:
        import json

        shown = [_as_json(one) for one in made]
        click.echo(json.dumps(shown[0] if forms == 1 else {"seed": wanted, "forms": shown}, indent=2))
        return ExitCode.OK
    for one in made:
        _show(one)
    return ExitCode.OK


def _as_json(made: "Form") -> dict[str, Any]:
    return {
        "blueprint": made.blueprint,
        "seed": made.seed,
        "bank_digest": made.bank_digest,
        "form_digest": made.digest(),
        "minutes": None if made.seconds is None else made.seconds / 60,
        "items": [
            {
                "number": entry.number,
                "id": entry.item.id,
                "section": entry.section,
                "domain": entry.domain,
                "type": entry.item.type,
                "difficulty": entry.item.difficulty.value,
                "seconds": entry.item.seconds,
                "pretest": entry.pretest,
                "points": float(entry.points),
                "order": list(entry.order),
                "digest": entry.digest,
            }
            for entry in made.entries
        ],
        "certificate": None if made.certificate is None else made.certificate.model_dump(mode="json"),
    }


def _show(made: "Form") -> None:
    click.echo(f"{made.title}, seed {made.seed}, bank digest {made.bank_digest[:12]}, form digest {made.digest()[:12]}")
    for entry in made.entries:
        pretest = " pretest" if entry.pretest else ""
        click.echo(
            f"{entry.number:>3} {entry.section} {entry.domain:<12} {entry.item.type:<18} {entry.item.id}{pretest}"
        )
    proven = made.certificate
    if proven is None:
        return
    met = sum(one.is_met for one in proven.constraints)
    click.echo(f"{met} of {len(proven.constraints)} constraints met (--json lists them)")
    if proven.earlier_forms:
        least = proven.least_overlap if proven.parallel is None else proven.parallel.least_overlap
        over = "" if proven.parallel is None else " over all forms"
        click.echo(f"items of earlier forms: {proven.overlap}; least possible{over}: {least}")
    if proven.parallel is not None:
        both = proven.parallel
        click.echo(
            f"form {both.number} of {both.forms}: {counted(both.mutual_overlap, 'item')} shared"
            f" (least possible: {both.least_mutual_overlap}), difficulties differ by {both.difficulty_spread},"
            f" expected times by {both.seconds_spread} s"
        )
