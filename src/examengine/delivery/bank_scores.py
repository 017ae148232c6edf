"""The mark of every possible response to an item under its rule, or of a fair sample where there are too many."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

from examengine.bank.bank import Bank
from examengine.core.errors import UsageError
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.core.keyed_order import keyed_number
from examengine.core.model import Exact, Model
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.services import Services
from examengine.itemtypes.coding.model import Coding, CodingResponse, Part
from examengine.itemtypes.coding.scoring import full_test_id
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import ItemTypeSpec, ResponseSpace

MOST = 5_000
"""More responses than this are sampled."""


class ScoredResponse(Model):
    """One response with its mark."""

    name: str = ""
    """What is special about it: correct, blank, everything ticked; or the class it stands for."""
    response: str
    """In one line; `(blank)` where nothing was answered."""
    earned: Exact
    mark: str
    is_complete: bool


class ScoreGroup(Model):
    """The responses that earn the same."""

    earned: Exact
    mark: str
    responses: int


class ScoreTable(Model):
    """What an item pays for what."""

    item: str
    type: str
    rule: str
    is_template: bool = False
    """Whether other forms draw other numbers; one instance was scored."""
    possible: Exact
    responses: int
    """How many there are."""
    basis: Literal["every response", "sample", "classes"]
    scored: int
    seed: int | None = None
    """Of the sample."""
    mean_complete: Exact | None = None
    """What picking at random among the complete responses earns; none for classes."""
    groups: tuple[ScoreGroup, ...]
    """Best first."""
    named: tuple[ScoredResponse, ...]
    rows: tuple[ScoredResponse, ...]
    """Best first."""


def score_responses(services: Services, item_id: str, bank: str | None = None, seed: int = 1) -> ScoreTable:
    """Return what every response to an item earns.

    Args:
        services: where the banks lie.
        item_id: the item.
        bank: id or folder; none means the bank that the item's id names.
        seed: of the sample, where there are more than `MOST` responses.

    Raises:
        UsageError: there is no such item; the message names the nearest.
    """
    opened = open_named_bank(services, bank or item_id.split(".", 1)[0])
    item = opened.item_named(item_id) or opened.item_named(f"{opened.id}.{item_id}")
    if item is None:
        near = difflib.get_close_matches(item_id, _ids(opened), n=3, cutoff=0.4)
        raise UsageError(
            f"bank {opened.id} has no item {item_id!r}", hint=f"did you mean {', '.join(near)}" if near else ""
        )
    return table_of(item, seed).model_copy(update={"is_template": item.id in opened.templates})


def table_of(item: Item, seed: int = 1) -> ScoreTable:
    """Return the table of one item."""
    spec = spec_of(item)
    if isinstance(item, Coding):
        return _table(item, spec, list(_code_classes(item)), basis="classes")
    space = spec.responses(item) if spec.responses is not None else ResponseSpace.of_classes([])
    if space.classes:
        rows = [_scored(item, spec, space.at(n), name=name) for n, name in enumerate(space.classes)]
        return _table(item, spec, rows, basis="classes")
    numbers: Sequence[int] = range(space.count) if space.count <= MOST else _sample(space.count, seed)
    rows = [_scored(item, spec, space.at(number)) for number in numbers]
    named = [
        _scored(item, spec, spec.correct_response(item), name="correct"),
        _scored(item, spec, spec.empty_response(), name="blank"),
        *(_scored(item, spec, response, name=name) for name, response in space.unread),
    ]
    is_sample = space.count > MOST
    return _table(
        item,
        spec,
        rows,
        named=named,
        responses=space.count,
        basis="sample" if is_sample else "every response",
        seed=seed if is_sample else None,
    )


def _table(
    item: Item,
    spec: ItemTypeSpec,
    rows: Sequence[ScoredResponse],
    *,
    basis: Literal["every response", "sample", "classes"],
    named: Sequence[ScoredResponse] = (),
    responses: int | None = None,
    seed: int | None = None,
) -> ScoreTable:
    groups = Counter((row.earned, row.mark) for row in rows)
    complete = [row.earned for row in rows if row.is_complete]
    possible = spec.score(item, spec.empty_response(), None).possible
    return ScoreTable(
        item=item.id,
        type=item.type,
        rule=getattr(item, "rule", spec.rules[0]),
        possible=possible,
        responses=len(rows) if responses is None else responses,
        basis=basis,
        scored=len(rows),
        seed=seed,
        mean_complete=sum(complete, Fraction(0)) / len(complete) if complete and basis != "classes" else None,
        groups=tuple(
            ScoreGroup(earned=earned, mark=mark, responses=count)
            for (earned, mark), count in sorted(groups.items(), key=lambda one: (-one[0][0], one[0][1]))
        ),
        named=tuple(named),
        rows=tuple(rows) if basis == "classes" else tuple(sorted(rows, key=lambda row: -row.earned)),
    )


def _scored(item: Item, spec: ItemTypeSpec, response: Any, *, name: str = "") -> ScoredResponse:
    score = spec.score(item, response, None)
    return ScoredResponse(
        name=name,
        response=spec.summarise(item, response, item.option_ids()) or "(blank)",
        earned=score.earned,
        mark=score.mark.value,
        is_complete=spec.is_complete(item, response),
    )


def _sample(count: int, seed: int) -> list[int]:
    """Return `MOST` different numbers below a count, each as likely as any other."""
    found: dict[int, None] = {}
    draw = 0
    while len(found) < MOST:
        found[keyed_number(seed, "scores", str(draw)) % count] = None
        draw += 1
    return list(found)


def _code_classes(item: Coding) -> Iterator[ScoredResponse]:
    """Yield the classes of code: blank, each part alone with each number of its tests, everything."""
    spec = spec_of(item)
    written = CodingResponse(files=dict.fromkeys(item.starter, "# written\n"))
    tests = {part.id: part.tests for part in item.parts if isinstance(part, Part)}

    def scored(name: str, passed: Sequence[str]) -> ScoredResponse:
        outcomes = tuple(
            TestOutcome(
                id=full_test_id(test), outcome=TestStatus.PASSED if test in passed else TestStatus.FAILED, message=""
            )
            for own in tests.values()
            for test in own
        )
        score = spec.score(item, written, Evidence(verdict=Verdict.FAILED, tests=outcomes))
        return ScoredResponse(
            name=name,
            response=f"{len(passed)} tests passed",
            earned=score.earned,
            mark=score.mark.value,
            is_complete=True,
        )

    yield _scored(item, spec, spec.empty_response(), name="blank")
    yield scored("no test passed", ())
    for name, own in tests.items():
        for count in range(1, len(own) + 1):
            yield scored(f"part {name}: {count} of {len(own)} tests, no other part", own[:count])
    measured = "" if len(tests) == len(item.parts) else ", nothing measured"
    yield scored(f"every test passed{measured}", [test for own in tests.values() for test in own])
    for part in item.parts:
        if not isinstance(part, Part):
            for value, share in part.anchors:
                earned = part.points * share
                yield ScoredResponse(
                    name=f"part {part.id}: {part.metric} at {float(value):g}, no other part",
                    response="measured on hold-out rows",
                    earned=earned,
                    mark="partial" if earned else "wrong",
                    is_complete=True,
                )


def _ids(bank: Bank) -> list[str]:
    return [item.id for item in bank.items] + [exercise.package.item.id for exercise in bank.exercises]
