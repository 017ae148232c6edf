"""`examengine form`: the form that a blueprint and a seed give."""

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import ExamName
from examengine.cli.options import json_option, seed_option
from examengine.delivery.services import Services


@click.command()
@click.argument("blueprint", type=ExamName())
@seed_option
@json_option
@click.pass_obj
def form(services: Services, blueprint: str, seed: int | None, as_json: bool) -> int:
    """Show which items the form of BLUEPRINT and the seed holds; keys are not shown."""
    from examengine.delivery.start_session import assemble_exam, fresh_seed

    made, _banks = assemble_exam(services, blueprint, fresh_seed(services) if seed is None else seed)
    if as_json:
        import json

        click.echo(
            json.dumps(
                {
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
                            "pretest": entry.pretest,
                            "points": float(entry.points),
                            "order": list(entry.order),
                            "digest": entry.digest,
                        }
                        for entry in made.entries
                    ],
                },
                indent=2,
            )
        )
        return ExitCode.OK
    click.echo(f"{made.title}, seed {made.seed}, bank digest {made.bank_digest[:12]}")
    for entry in made.entries:
        pretest = " pretest" if entry.pretest else ""
        click.echo(
            f"{entry.number:>3} {entry.section} {entry.domain:<12} {entry.item.type:<18} {entry.item.id}{pretest}"
        )
    return ExitCode.OK
