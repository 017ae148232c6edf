"""The table of scores as lines for a terminal."""

from collections.abc import Iterator
from fractions import Fraction

from examengine.delivery.bank_scores import ScoredResponse, ScoreTable

_BASIS = {
    "every response": "{responses} responses, all of them scored",
    "sample": "{responses} responses; a fair sample of {scored} (seed {seed})",
    "classes": "{scored} classes of responses, one of each scored",
}


def score_lines(table: ScoreTable) -> Iterator[str]:
    """Yield the summary by points, what is special, and every response scored, best first."""
    basis = _BASIS[table.basis].format(responses=table.responses, scored=table.scored, seed=table.seed)
    yield f"{table.item} ({table.type}, rule {table.rule}): {basis}"
    yield f"possible {_number(table.possible)}"
    if table.is_template:
        yield "of a template: one instance of it was scored"
    if table.mean_complete is not None:
        kind = "complete responses" if table.basis == "every response" else "complete responses of the sample"
        yield f"picking at random among {kind} earns {float(table.mean_complete):.4g} on average"
    yield ""
    yield f"{'points':>8}  {'mark':<8}  responses"
    for group in table.groups:
        yield f"{_number(group.earned):>8}  {group.mark:<8}  {group.responses}"
    if table.named:
        yield ""
        for row in table.named:
            yield _row(row)
    yield ""
    for row in table.rows:
        yield _row(row)


def _row(row: ScoredResponse) -> str:
    name = f"[{row.name}] " if row.name else ""
    return f"{_number(row.earned):>8}  {row.mark:<8}  {name}{row.response}"


def _number(value: Fraction) -> str:
    return str(value)
