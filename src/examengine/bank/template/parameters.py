"""The parameters of a template: what may be drawn, what follows from it, and what must hold."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from examengine.bank.template.exact import Value
from examengine.bank.template.expression import LONGEST, is_free_name
from examengine.core.model import Exact, Model

MOST_VALUES = 10_000
"""Of one parameter."""
ParameterName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ExpressionText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
ChoiceText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Parameter(Model):
    """One parameter: drawn from a range or a choice, or derived from those before it."""

    range: tuple[Exact, Exact] | None = None
    """From the first to the last, both included."""
    step: Exact | None = None
    """Between neighbours of a range; none: 1."""
    choice: tuple[int | float | ChoiceText, ...] | None = Field(default=None, max_length=1000)
    value: ExpressionText | int | float | None = None
    """An expression."""

    @field_validator("choice", mode="before")
    @classmethod
    def _no_truth_values(cls, choice: Any) -> Any:
        if isinstance(choice, list | tuple) and any(isinstance(value, bool) for value in choice):
            raise ValueError("choice holds numbers and texts; put true and false in quotes")
        return choice

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [self.range, self.choice, self.value]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a parameter has exactly one of range, choice and value")
        if self.step is not None and self.range is None:
            raise ValueError("step goes with range")
        if self.step is not None and self.step <= 0:
            raise ValueError("step lies above 0")
        if self.range is not None:
            self._check_range(*self.range)
        if self.choice is not None and len(set(self.choice)) < max(1, len(self.choice)):
            raise ValueError("choice is empty" if not self.choice else "choice holds a value twice")
        return self

    def _check_range(self, low: Fraction, high: Fraction) -> None:
        step = self.step if self.step is not None else Fraction(1)
        if low > high:
            raise ValueError("range goes from the smaller to the larger number")
        if (high - low) / step >= MOST_VALUES:
            raise ValueError(f"range holds more than {MOST_VALUES} values")
        if (high - low) % step:
            raise ValueError("range does not end at a step; the last value is drawn too")

    @property
    def expression(self) -> str | None:
        """Return the expression of a derived parameter."""
        return None if self.value is None else str(self.value)

    @property
    def count(self) -> int:
        """Return how many values may be drawn; one for a derived parameter."""
        if self.range is not None:
            step = self.step if self.step is not None else Fraction(1)
            return int((self.range[1] - self.range[0]) / step) + 1
        return len(self.choice) if self.choice is not None else 1

    def value_at(self, place: int) -> Value:
        """Return one of the values that may be drawn."""
        if self.range is not None:
            return self.range[0] + place * (self.step if self.step is not None else Fraction(1))
        value = (self.choice or ())[place]
        # str() first: 0.1 in a text file means one tenth, not the nearest binary float.
        return value if isinstance(value, str) else Fraction(str(value))


class TemplateHead(Model):
    """What makes an item a template."""

    parameters: dict[ParameterName, Parameter] = Field(min_length=1, max_length=40)
    require: tuple[ExpressionText, ...] = Field(default=(), max_length=20)
    """What must hold of the values; they are drawn again until it does."""

    @model_validator(mode="after")
    def _names_are_free(self) -> Self:
        for name in self.parameters:
            if not is_free_name(name):
                raise ValueError(f"parameter {name!r} has the name of a function or a word of expressions; rename it")
        return self

    @property
    def drawn(self) -> Mapping[str, Parameter]:
        """Return the parameters that are drawn."""
        return {name: one for name, one in self.parameters.items() if one.value is None}

    @property
    def size(self) -> int:
        """Return how many draws there are, whether or not what must hold does."""
        total = 1
        for parameter in self.drawn.values():
            total *= parameter.count
        return total
