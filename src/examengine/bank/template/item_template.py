"""A template: an item whose texts and numbers hold placeholders, and the concrete items that it gives."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from examengine.bank.template.exact import ExpressionError, Value
from examengine.bank.template.expression import Expression, evaluate, read_expression
from examengine.bank.template.number_format import exact_text
from examengine.bank.template.parameters import TemplateHead
from examengine.bank.template.placeholders import read_text
from examengine.bank.wording import kinds_at
from examengine.core.digest import digest_json
from examengine.core.keyed_order import keyed_number
from examengine.core.model import Model
from examengine.itemtypes.item import Item, ItemId
from examengine.itemtypes.registry import ITEM_TYPES

NOT_FILLED = frozenset(
    (
        "id",
        "type",
        "objective",
        "difficulty",
        "cognitive",
        "verified",
        "enemies",
        "seconds",
        "tags",
        "family",
        "stimulus",
        "references",
    )
)
"""Fields of an item that hold no placeholders."""
_TRIES = 200
_FEWEST_TRIES = 20
_MOST_WORK = 500_000
_TRIED_IN_TURN = 5_000
"""Draws of a small template that are tried one after another where chance finds none."""

Values = Mapping[str, Value]


class ItemTemplate(Model):
    """An item with parameters, as its author wrote it."""

    id: ItemId
    type: str
    head: TemplateHead
    body: dict[str, Any]
    """The item's other fields as plain data, with their placeholders."""

    def digest(self) -> str:
        """Return the SHA-256 of the template."""
        return digest_json(self.model_dump(mode="json"))

    def values_of(self, drawn: Values) -> dict[str, Value] | None:
        """Return all values that follow from those drawn; None where what is required does not hold.

        What is required is looked at as soon as it can be, so that it guards the values behind it.

        Raises:
            ExpressionError: a derived value cannot be computed.
        """
        values = dict(drawn)
        required = [read_expression(text) for text in self.head.require]
        if not _hold(required, values):
            return None
        for name, parameter in self.head.parameters.items():
            if parameter.expression is not None:
                try:
                    values[name] = evaluate(read_expression(parameter.expression), values)
                except ExpressionError as error:
                    error.field = name
                    raise
                if not _hold(required, values):
                    return None
        return values

    @property
    def weight(self) -> int:
        """Return how much work one draw is, its texts left aside, in steps of some microseconds."""
        derived = [parameter.expression for parameter in self.head.parameters.values()]
        texts = [*self.head.require, *(text for text in derived if text is not None)]
        return 1 + sum(read_expression(text).weight for text in texts)

    def draw(self, seed: int, attempt: int) -> dict[str, Value]:
        """Return drawn values, the same on every machine; whether they meet what is required is open."""
        return {
            name: one.value_at(keyed_number(seed, "parameter", self.id, str(attempt), name) % one.count)
            for name, one in self.head.drawn.items()
        }

    def draw_at(self, place: int) -> dict[str, Value]:
        """Return the values at a place in the list of all draws."""
        drawn: dict[str, Value] = {}
        for name, one in self.head.drawn.items():
            place, own = divmod(place, one.count)
            drawn[name] = one.value_at(own)
        return drawn

    def draws(self, seed: int) -> Iterator[dict[str, Value]]:
        """Yield drawn values in the order in which they are tried."""
        affordable = _MOST_WORK // self.weight
        for attempt in range(min(_TRIES, max(_FEWEST_TRIES, affordable))):
            yield self.draw(seed, attempt)
        if self.head.size <= min(_TRIED_IN_TURN, affordable):
            start = keyed_number(seed, "parameter", self.id) % self.head.size
            for place in range(self.head.size):
                yield self.draw_at((start + place) % self.head.size)

    def fill(self, values: Values) -> dict[str, Any]:
        """Return the item's fields with the values in their places.

        Raises:
            ExpressionError: a placeholder has no text for these values.
        """
        filled: dict[str, Any] = filled_data(self.body, ITEM_TYPES[self.type].model, values)
        return filled

    def item(self, values: Values) -> Item:
        """Return the concrete item.

        Raises:
            ExpressionError: a placeholder has no text for these values.
            ValidationError: with these values it is no sound item.
        """
        return self.item_of(self.fill(values))

    def item_of(self, filled: dict[str, Any]) -> Item:
        """Return the concrete item of filled fields.

        Raises:
            ValidationError: with these values it is no sound item.
        """
        return ITEM_TYPES[self.type].model.model_validate(filled)

    def first_sound(self, seed: int, shunned: frozenset[str] = frozenset()) -> tuple[dict[str, Value], Item] | None:
        """Return the first draw of a seed that gives a sound item, and the item; None where none was found.

        Draws whose key is shunned come only where there is no other.
        """
        second: tuple[dict[str, Value], Item] | None = None
        for drawn in self.draws(seed):
            is_shunned = instance_key(self.id, drawn) in shunned
            if is_shunned and second is not None:
                continue
            try:
                values = self.values_of(drawn)
                item = self.item(values) if values is not None else None
            except (ExpressionError, ValidationError):
                continue
            if item is not None and not is_shunned:
                return drawn, item
            if item is not None:
                second = drawn, item
        return second


def filled_data(data: Any, model: type[Item], values: Values, path: tuple[str | int, ...] = ()) -> Any:
    """Return plain data with the values in the places of their texts."""
    if isinstance(data, str):
        if "{{" not in data or path[:1] == () or path[0] in NOT_FILLED:
            return data
        return read_text(data).fill(values, is_number=not is_text_at(model, path))
    if isinstance(data, dict):
        return {name: filled_data(value, model, values, (*path, name)) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [filled_data(value, model, values, (*path, index)) for index, value in enumerate(data)]
    return data


@lru_cache(maxsize=8192)
def is_text_at(model: type[Item], path: tuple[str | int, ...]) -> bool:
    """Return whether a text is wanted at a path below an item."""
    kinds = kinds_at(model, path)
    return str in kinds or not kinds


def shown_values(drawn: Values) -> dict[str, str]:
    """Return drawn values as texts, exactly."""
    return {name: exact_text(value) for name, value in drawn.items()}


def instance_key(template: str, drawn: Values | Mapping[str, str]) -> str:
    """Return what tells an instance of a template from the others."""
    return "&".join([template, *(f"{name}={exact_text(value)}" for name, value in sorted(drawn.items()))])


def _hold(required: list[Expression], values: dict[str, Value]) -> bool:
    for expression in list(required):
        if expression.names <= values.keys():
            required.remove(expression)
            if not _is_true(expression, values):
                return False
    return True


def _is_true(expression: Expression, values: Values) -> bool:
    try:
        found = evaluate(expression, values)
    except ExpressionError as error:
        error.field = "require"
        raise
    if isinstance(found, bool):
        return found
    neither = ExpressionError(f"'{expression.text}' is neither true nor false")
    neither.field = "require"
    raise neither
