"""`examengine bank stats`: a bank in numbers, beside the guide's targets and what was met of it here."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import BankName
from examengine.cli.options import json_option
from examengine.core.counted import counted
from examengine.delivery.services import Services

if TYPE_CHECKING:
    from examengine.delivery.bank_stats import BankStats, Exposure, LevelCount

_MISSED = 5
"""Items that are named as the ones most often missed."""


@click.command()
@click.argument("names", type=BankName(), nargs=-1)
@json_option
@click.pass_obj
def stats(services: Services, names: tuple[str, ...], as_json: bool) -> int:
    """Count what the banks NAMES (ids or folders) hold, and what was met of it; without names, all banks."""
    from examengine.core.errors import BankError
    from examengine.delivery.bank_stats import count_bank
    from examengine.delivery.open_banks import list_places

    counted = []
    code = ExitCode.OK
    for name in names or [place.id for place in list_places(services)]:
        try:
            counted.append(count_bank(services, name))
        except BankError as error:
            click.echo(f"error: {error}", err=True)
            code = ExitCode.BANK
    if as_json:
        import json

        click.echo(json.dumps([one.model_dump(mode="json") for one in counted], indent=2))
        return code
    for number, one in enumerate(counted):
        for line in (*([""] if number else []), *stats_lines(one)):
            click.echo(line)
    return code


def stats_lines(stats: "BankStats") -> Iterator[str]:
    """Yield a bank in numbers, line by line."""
    yield f"{stats.title} ({stats.id} {stats.version})"
    about = "about " if stats.instances.is_estimate else ""
    templates = f"{counted(stats.templates, 'template')}, {about}{stats.instances.count:,} instances"
    on_cases, pictured = counted(stats.items_on_cases, "item"), counted(stats.items_with_figures, "item")
    parts = (
        counted(stats.items, "item") + (f" ({templates})" if stats.templates else ""),
        counted(stats.exercises, "exercise"),
        counted(stats.cases, "case") + (f" with {on_cases}" if stats.cases else ""),
        counted(stats.figures, "figure") + (f" in {pictured}" if stats.figures else ""),
        counted(stats.tables, "table"),
    )
    yield "; ".join(parts)
    yield f"expected time: items {_minutes(stats.seconds)}, exercises {_minutes(stats.exercise_seconds)}"
    if stats.types:
        yield f"types: {_types(stats.types)}"
    yield ""
    yield f"{'':<34} {'items':>6} {'templates':>10} {'exercises':>10} {'minutes':>8}  types"
    for domain in stats.domains:
        yield (
            f"{domain.id:<34} {domain.items:>6} {domain.templates:>10} {domain.exercises:>10}"
            f" {domain.seconds / 60:>8.0f}"
        )
        for row in domain.objectives:
            yield (
                f"  {row.id:<32} {row.items:>6} {row.templates:>10} {row.exercises:>10}"
                f" {row.seconds / 60:>8.0f}  {_types(row.types)}"
            ).rstrip()
    if stats.items:
        for title, levels in (("difficulty", stats.difficulty), ("cognitive level", stats.cognitive)):
            yield ""
            yield f"{title:<34} {'items':>6} {'share':>10} {'guide':>10}"
            yield from (_level(level) for level in levels)
    yield ""
    yield from _exposure(stats)


def _level(level: "LevelCount") -> str:
    return f"  {level.level:<32} {level.items:>6} {level.share:>10.0%} {level.target:>10.0%}"


def _exposure(stats: "BankStats") -> Iterator[str]:
    met: Exposure | None = stats.exposure
    if met is None:
        yield "nothing of it was met in the sessions on this machine"
        return
    whole = stats.items + stats.exercises
    right = "" if met.share is None else f"; {met.share:.0%} of the points in {counted(met.answered, 'answer')}"
    yield f"met in the latest sessions here: {met.items} of {whole}, {counted(met.meetings, 'meeting')} in all{right}"
    missed = sorted(
        (row for row in met.by_item if row.share is not None and row.share < 1),
        key=lambda row: (row.share or 0.0, -row.answered, row.item),
    )
    for row in missed[:_MISSED]:
        yield f"  {row.item}: {row.share or 0.0:.0%} in {counted(row.answered, 'answer')}, met {row.met} times"


def _types(types: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in types.items())


def _minutes(seconds: int) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
