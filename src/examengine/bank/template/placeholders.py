"""Placeholders in the texts of a template: `{{expression}}` or `{{expression:format}}`."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from examengine.bank.template.exact import ExpressionError, Value
from examengine.bank.template.expression import Expression, evaluate, read_expression
from examengine.bank.template.number_format import check_format, exact_text, show

# Three braces are a brace and a placeholder: \frac{{{tp}}}{2}. Texts in quotes may hold anything.
_PLACEHOLDER = re.compile(r"""\{\{(?!\{)((?:"[^"\n]*"|'[^'\n]*'|[^{}"'])*)\}\}""")
_INSIDE = re.compile(r"""((?:"[^"\n]*"|'[^'\n]*'|[^:"'])*)(?::([^:"']*))?""")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One place where a value goes."""

    expression: Expression
    format: str

    def show(self, values: Mapping[str, Value]) -> str:
        """Return the text that stands in the place.

        Raises:
            ExpressionError: there is none for these values.
        """
        value = evaluate(self.expression, values)
        try:
            return show(value, self.format)
        except ExpressionError as error:
            raise ExpressionError(f"{{{{{self.expression.text}}}}}: {error}") from error


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A text with its placeholders."""

    pieces: tuple[str | Placeholder, ...]

    @property
    def placeholders(self) -> Iterator[Placeholder]:
        """Yield the placeholders in order."""
        return (piece for piece in self.pieces if isinstance(piece, Placeholder))

    @property
    def names(self) -> frozenset[str]:
        """Return the parameters that the text speaks of."""
        return frozenset(name for place in self.placeholders for name in place.expression.names)

    def fill(self, values: Mapping[str, Value], *, is_number: bool = False) -> str:
        """Return the text with values in their places.

        Args:
            values: by parameter.
            is_number: whether the text stands where a number is wanted, which then stays exact: 2/3.

        Raises:
            ExpressionError: a placeholder has no text for these values.
        """
        if (
            is_number
            and len(self.pieces) == 1
            and isinstance(self.pieces[0], Placeholder)
            and not self.pieces[0].format
        ):
            return exact_text(evaluate(self.pieces[0].expression, values))
        return "".join(piece if isinstance(piece, str) else piece.show(values) for piece in self.pieces)


@functools.lru_cache(maxsize=4096)
def read_text(text: str) -> TemplateText:
    """Return a text with its placeholders read.

    Raises:
        ExpressionError: a placeholder holds no expression or no format, or is not closed.
    """
    pieces: list[str | Placeholder] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        _add_plain(pieces, text[end : found.start()])
        pieces.append(_read_placeholder(found[1]))
        end = found.end()
    _add_plain(pieces, text[end:])
    return TemplateText(tuple(pieces))


def _add_plain(pieces: list[str | Placeholder], text: str) -> None:
    if "{{" in text:
        raise ExpressionError("{{ without its }}; where braces are meant, write {{'{{'}} or put a blank between them")
    if text:
        pieces.append(text)


def _read_placeholder(inside: str) -> Placeholder:
    found = _INSIDE.fullmatch(inside)
    if found is None:
        raise ExpressionError(f"{{{{{inside[:40]}}}}} has more than one format")
    spec = (found[2] or "").strip()
    if found[2] is not None:
        check_format(spec)
    return Placeholder(read_expression(found[1].strip()), spec)
