"""Reads an item with parameters: every expression is checked, and a few instances are tried."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from examengine.bank.problem_list import ProblemList, nearest
from examengine.bank.template.exact import FUNCTIONS, ExpressionError, Value
from examengine.bank.template.expression import Expression, read_expression
from examengine.bank.template.item_template import NOT_FILLED, ItemTemplate, Values, is_text_at, shown_values
from examengine.bank.template.parameters import TemplateHead
from examengine.bank.template.placeholders import TemplateText, read_text
from examengine.bank.yaml_file import read_model
from examengine.bank.yaml_source import Node
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import ITEM_TYPES

_HEAD = ("parameters", "require")
_TRIED = 2
"""Instances that reading tries, for a start that stays fast; `bank check` tries them all, or many."""
_SEED = 0
_HEAVIEST = 20_000
"""Work of one draw: a tenth of a second at most."""


def is_template(node: Node) -> bool:
    """Return whether an item has parameters."""
    return any(name in node.fields for name in _HEAD)


def read_template(
    node: Node, kind: str, file: str, problems: ProblemList, label: str
) -> tuple[ItemTemplate, Item] | None:
    """Return a template with the instance that stands for it; None where it has errors, which are told."""
    return _Reader(node, kind, file, problems, label).read()


class _Reader:
    """The reading of one template."""

    def __init__(self, node: Node, kind: str, file: str, problems: ProblemList, label: str) -> None:
        self.node = node
        self.kind = kind
        self.model = ITEM_TYPES[kind].model
        self.file = file
        self.problems = problems
        self.label = label

    def read(self) -> tuple[ItemTemplate, Item] | None:
        before = len(self.problems.found)
        head = read_model(TemplateHead, _part(self.node, _HEAD), self.file, self.problems, self.label)
        body = _part(self.node, [name for name in self.node.fields if name not in _HEAD])
        if head is None:
            return None
        used = self._check_body(body, head, ())
        used |= self._check_head(head)
        if any(problem.severity == "error" for problem in self.problems.found[before:]):
            return None
        self._check_used(head, used)
        data = _as_written(body, self.model, ())
        template = ItemTemplate.model_construct(id=self.label, type=self.kind, head=head, body=data)
        if template.weight > _HEAVIEST:
            self._tell(
                "template-too-long",
                "the expressions of this item take too long",
                "derive less",
                (self.node.line, self.node.column),
            )
            return None
        item = self._first(template, body)
        # The id is checked with the item: only now is it known to be one.
        return (ItemTemplate(id=item.id, type=self.kind, head=head, body=data), item) if item is not None else None

    def _check_head(self, head: TemplateHead) -> set[str]:
        """Check all expressions of the head; return the names that what must hold speaks of."""
        known: list[str] = list(head.drawn)
        parameters = self.node.fields["parameters"]
        for name, parameter in head.parameters.items():
            if parameter.expression is not None:
                place = parameters.fields[name].fields["value"]
                self._check_names(self._expression(parameter.expression, place), known, place, head)
                known.append(name)
        used: set[str] = set()
        required = self.node.fields.get("require")
        for text, place in zip(head.require, required.entries if required is not None else (), strict=True):
            expression = self._expression(text, place)
            self._check_names(expression, known, place, head)
            used |= expression.names if expression is not None else set()
        return used

    def _check_body(self, node: Node, head: TemplateHead, path: tuple[str | int, ...]) -> set[str]:
        if node.text is not None:
            if not isinstance(node.data, str) or "{{" not in node.text or path[0] in NOT_FILLED:
                return set()
            text = self._text(node)
            for place in text.placeholders if text is not None else ():
                self._check_names(place.expression, list(head.parameters), node, head)
            return set(text.names) if text is not None else set()
        used: set[str] = set()
        for name, child in node.fields.items():
            used |= self._check_body(child, head, (*path, name))
        for index, child in enumerate(node.entries):
            used |= self._check_body(child, head, (*path, index))
        return used

    def _check_used(self, head: TemplateHead, used: set[str]) -> None:
        for name, parameter in reversed(head.parameters.items()):
            if name in used and parameter.expression is not None:
                used |= read_expression(parameter.expression).names
        places = self.node.fields["parameters"].key_places
        for name in head.parameters:
            if name not in used:
                self._tell(
                    "unused-parameter",
                    f"parameter '{name}' is used nowhere",
                    "use it as {{" + name + "}}, or remove it",
                    places[name],
                    is_warning=True,
                )

    def _check_names(
        self, expression: Expression | None, known: Iterable[str], place: Node, head: TemplateHead
    ) -> None:
        if expression is None:
            return
        known = list(known)
        for name in sorted(expression.names - set(known)):
            if name in head.parameters:
                message, hint = f"'{name}' is derived later", "a value is derived from those above it"
            elif name in FUNCTIONS:
                message, hint = f"'{name}' is a function", f"write {name}(…)"
            else:
                message, hint = f"'{name}' is no parameter", nearest(name, known)
            self._tell("unknown-parameter", message, hint, (place.line, place.column))

    def _expression(self, text: str, place: Node) -> Expression | None:
        try:
            return read_expression(text)
        except ExpressionError as error:
            self._tell_error("expression", error, place)
            return None

    def _text(self, place: Node) -> TemplateText | None:
        try:
            return read_text(place.text or "")
        except ExpressionError as error:
            self._tell_error("placeholder", error, place)
            return None

    def _first(self, template: ItemTemplate, body: Node) -> Item | None:
        """Return the first instance; tell what is wrong with it, or with one of the next."""
        first: Item | None = None
        tried = 0
        for drawn in template.draws(_SEED):
            try:
                values = template.values_of(drawn)
            except ExpressionError as error:
                self._tell_error("no-value", error, self._place_of(error), drawn)
                return None
            if values is None:
                continue
            item = self._instance(body, values, drawn)
            if item is None:
                return None
            first = first or item
            tried += 1
            if tried == _TRIED:
                break
        if first is None:
            required = self.node.fields.get("require", self.node)
            self._tell(
                "never-holds",
                "no values meet what is required",
                "widen the parameters, or require less",
                (required.line, required.column),
            )
        return first

    def _place_of(self, error: ExpressionError) -> Node:
        parameters = self.node.fields["parameters"]
        if error.field in parameters.fields:
            return parameters.fields[error.field]
        return self.node.fields.get("require", parameters)

    def _instance(self, body: Node, values: Values, drawn: Values) -> Item | None:
        faults: list[tuple[Node, ExpressionError]] = []
        filled = _filled(body, self.model, values, (), faults)
        for place, error in faults:
            self._tell_error("no-value", error, place, drawn)
        if faults:
            return None
        told = ProblemList(self.problems.folder)
        item = read_model(self.model, filled, self.file, told, self.label)
        for problem in told.found:
            # A field that is missing or unknown has nothing to do with the values.
            suffix = "" if problem.code in ("missing-field", "unknown-field") else f", with {named(drawn)}"
            self._tell(problem.code, f"{problem.message}{suffix}", problem.hint, (problem.line, problem.column))
        return item

    def _tell_error(self, code: str, error: ExpressionError, place: Node, drawn: Values | None = None) -> None:
        message, _, hint = str(error).partition("; ")
        if drawn is not None:
            message = f"{message}, with {named(drawn)}"
        self._tell(code, message, hint, (place.line, place.column))

    def _tell(self, code: str, message: str, hint: str, place: tuple[int, int], *, is_warning: bool = False) -> None:
        self.problems.add(
            self.file,
            code,
            message,
            hint,
            place=place,
            item=self.label,
            severity="warning" if is_warning else "error",
        )


def named(drawn: Mapping[str, Value]) -> str:
    """Return drawn values as `tp = 20, fp = 5`."""
    return ", ".join(f"{name} = {text}" for name, text in shown_values(drawn).items())


def _part(node: Node, names: Iterable[str]) -> Node:
    """Return a mapping with some of its fields."""
    kept = [name for name in names if name in node.fields]
    return replace(
        node,
        data={name: node.data[name] for name in kept},
        fields={name: node.fields[name] for name in kept},
        key_places={name: node.key_places[name] for name in kept},
    )


def _as_written(node: Node, model: type[Item], path: tuple[str | int, ...]) -> Any:
    """Return plain data in which a number that stands for a text is the text: `text: 0.50`."""
    if node.text is not None:
        is_number = isinstance(node.data, int | float)
        return node.text if is_number and is_text_at(model, path) else node.data
    if node.fields or isinstance(node.data, dict):
        return {name: _as_written(child, model, (*path, name)) for name, child in node.fields.items()}
    return [_as_written(child, model, (*path, index)) for index, child in enumerate(node.entries)]


def _filled(
    node: Node,
    model: type[Item],
    values: Values,
    path: tuple[str | int, ...],
    faults: list[tuple[Node, ExpressionError]],
) -> Node:
    """Return a tree with the values in their places, everything where it stands in the file."""
    if node.text is not None:
        if not isinstance(node.data, str) or "{{" not in node.text or path[0] in NOT_FILLED:
            return node
        try:
            text = read_text(node.text).fill(values, is_number=not is_text_at(model, path))
        except ExpressionError as error:
            faults.append((node, error))
            return node
        return replace(node, data=text, text=text)
    fields = {name: _filled(child, model, values, (*path, name), faults) for name, child in node.fields.items()}
    entries = [_filled(child, model, values, (*path, index), faults) for index, child in enumerate(node.entries)]
    is_map = isinstance(node.data, dict)
    data = {name: child.data for name, child in fields.items()} if is_map else [child.data for child in entries]
    return replace(node, data=data, fields=fields, entries=entries)
