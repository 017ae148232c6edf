"""Lint of templates over all their draws, or many: every instance must be as sound as an item written by hand."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol

from pydantic import ValidationError

from examengine.bank.read_template import named
from examengine.bank.template.exact import ExpressionError, Value
from examengine.bank.template.expression import evaluate
from examengine.bank.template.item_template import ItemTemplate
from examengine.bank.template.placeholders import Placeholder, read_text
from examengine.core.counted import counted
from examengine.core.model import Model
from examengine.itemtypes.item import Item, Option
from examengine.itemtypes.numeric.model import Numeric, NumericResponse
from examengine.itemtypes.numeric.reading import read_number, write_number
from examengine.itemtypes.registry import spec_of

ALL_UP_TO = 400
"""Draws of a template that are all tried."""
SEEDED = 200
"""Draws of a larger one that are tried."""
FEWEST_INSTANCES = 4

_FATAL = frozenset(
    ("option-repeated", "prompt-repeated", "statement-repeated", "slip-earns-full-marks", "slip-earns-marks")
)
"""Flaws that an author sees in an item written by hand, and cannot see in a draw."""


class TemplateCount(Model):
    """How many instances a template gives."""

    distinct: int
    """Instances that differ from each other, among the draws that were tried."""
    draws: int
    is_whole: bool
    """Whether all draws were tried."""


class Tell(Protocol):
    """Takes a flaw of an item."""

    def __call__(
        self,
        item: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        field: str = "",
        severity: Literal["error", "warning"] = "warning",
    ) -> None:
        """Tell it at its field."""
        ...


@dataclass
class _Flaw:
    """One flaw, and the draws that have it."""

    code: str
    message: str
    field: str
    first: Mapping[str, Value]
    is_error: bool
    count: int = 1


@dataclass
class _Flaws:
    """The flaws of one template, each once."""

    found: dict[tuple[str, str], _Flaw] = field(default_factory=dict)

    def add(self, code: str, message: str, place: str, drawn: Mapping[str, Value], *, is_error: bool = True) -> None:
        known = self.found.get((code, place))
        if known is not None:
            known.count += 1
        else:
            self.found[code, place] = _Flaw(code, message, place, drawn, is_error)


def count_instances(template: ItemTemplate) -> TemplateCount:
    """Return how many different instances a template gives."""
    return _try_all(template, lambda _drawn, _values, _item: None, _Flaws())


def check_template(template: ItemTemplate, tell: Tell) -> None:
    """Tell the flaws of a template's instances: the first values that show each, and how many draws do."""
    count, flaws = _tried(template.model_dump_json())
    for flaw in flaws:
        share = "every draw" if flaw.count == count.draws else f"{flaw.count} of {count.draws} draws"
        tell(
            template.id,
            flaw.code,
            f"{flaw.message} (in {share}, as with {named(flaw.first)})",
            "require what keeps such values out" if flaw.is_error else "",
            field=flaw.field,
            severity="error" if flaw.is_error else "warning",
        )
    if count.distinct < FEWEST_INSTANCES and not any(flaw.is_error for flaw in flaws):
        tell(
            template.id,
            "few-instances",
            f"the template gives {counted(count.distinct, 'different instance')}",
            f"widen its parameters to give at least {FEWEST_INSTANCES}",
            field="parameters",
        )


@lru_cache(maxsize=2048)
def _tried(content: str) -> tuple[TemplateCount, tuple[_Flaw, ...]]:
    """Return what trying the instances of a template shows, given as JSON: who watches a bank tries each once."""
    template = ItemTemplate.model_validate_json(content)
    flaws = _Flaws()

    def look(drawn: Mapping[str, Value], values: Mapping[str, Value], item: Item) -> None:
        spec = spec_of(item)
        for finding in spec.lint(item):
            is_error = finding.code in _FATAL
            flaws.add(finding.code, finding.message, finding.field, drawn, is_error=is_error)
        for place, message in _equal_numbers(item):
            flaws.add("options-equal", message, place, drawn)
        score = spec.score(item, spec.correct_response(item), None)
        if score.earned != score.possible:
            flaws.add("key-not-full-marks", "the key does not earn full marks", "", drawn)
        rounded = _exact_answer(template, values)
        if isinstance(item, Numeric) and rounded is not None:
            typed = NumericResponse(text=write_number(rounded))
            if spec.score(item, typed, None).earned != 1:
                flaws.add(
                    "key-wrong-after-rounding",
                    f"the answer is rounded to {item.answer}, and the number itself lies outside the tolerance",
                    "answer",
                    drawn,
                )

    return _try_all(template, look, flaws), tuple(flaws.found.values())


def _try_all(
    template: ItemTemplate,
    look: Callable[[Mapping[str, Value], Mapping[str, Value], Item], None],
    flaws: _Flaws,
) -> TemplateCount:
    distinct: set[str] = set()
    tried = 0
    for drawn in _draws(template):
        try:
            values = template.values_of(drawn)
            if values is None:
                continue
            tried += 1
            filled = template.fill(values)
            item = template.item_of(filled)
        except ExpressionError as error:
            place = f"parameters.{error.field}" if error.field in template.head.parameters else error.field
            flaws.add("no-value", str(error).split("; ", 1)[0], place, drawn)
            tried += bool(error.field)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            flaws.add(
                "instance", str(first["msg"]).removeprefix("Value error, "), ".".join(map(str, first["loc"])), drawn
            )
        else:
            distinct.add(json.dumps(filled, sort_keys=True, default=str))
            look(drawn, values, item)
    return TemplateCount(distinct=len(distinct), draws=tried, is_whole=template.head.size <= ALL_UP_TO)


def _draws(template: ItemTemplate) -> Iterator[Mapping[str, Value]]:
    if template.head.size <= ALL_UP_TO:
        yield from (template.draw_at(place) for place in range(template.head.size))
    else:
        yield from (template.draw(seed, 0) for seed in range(SEEDED))


def _equal_numbers(item: Item) -> Iterator[tuple[str, str]]:
    """Yield options that are written differently and are the same number: 0.5 and 50 %."""
    seen: dict[Fraction, Option] = {}
    for index, option in enumerate(getattr(item, "options", ())):
        value = read_number(option.text)
        if value is None:
            continue
        if value in seen and seen[value].text != option.text:
            yield f"options.{index}.text", f"options {seen[value].id} and {option.id} are the same number"
        seen.setdefault(value, option)


def _exact_answer(template: ItemTemplate, values: Mapping[str, Value]) -> Fraction | None:
    """Return the number behind a numeric answer that the author has rounded; None where it is not rounded."""
    answer = template.body.get("answer")
    pieces = read_text(answer).pieces if isinstance(answer, str) else ()
    if len(pieces) != 1 or not isinstance(pieces[0], Placeholder) or not pieces[0].format:
        return None
    value = evaluate(pieces[0].expression, values)
    return value if isinstance(value, Fraction) else None
