"""Small mistakes that a program may hold: for one node of its syntax tree, what could stand in its place."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

import libcst as cst

Span = tuple[int, int]
"""First byte of a piece of the source, and the one behind its last."""


class Source(NamedTuple):
    """What the mistakes of a node need to know of the program around it."""

    span: Callable[[cst.CSTNode], Span]
    modules: frozenset[str]
    """Names that imports bind."""


class Replacement(NamedTuple):
    """One small mistake: a piece of the source, and what stands there instead."""

    node: cst.CSTNode
    """Where the mistake is told."""
    span: Span
    text: str
    change: str
    """What changed, in words: "`<` became `<=`"."""


_COMPARISONS: dict[type[cst.CSTNode], tuple[str, tuple[str, ...]]] = {
    cst.LessThan: ("<", ("<=", ">=")),
    cst.LessThanEqual: ("<=", ("<", ">")),
    cst.GreaterThan: (">", (">=", "<=")),
    cst.GreaterThanEqual: (">=", (">", "<")),
    cst.Equal: ("==", ("!=",)),
    cst.NotEqual: ("!=", ("==",)),
    cst.In: ("in", ("not in",)),
    cst.NotIn: ("not in", ("in",)),
    cst.Is: ("is", ("is not",)),
    cst.IsNot: ("is not", ("is",)),
}
_OPERATORS: dict[type[cst.CSTNode], tuple[str, tuple[str, ...]]] = {
    cst.Add: ("+", ("-",)),
    cst.Subtract: ("-", ("+",)),
    cst.Multiply: ("*", ("/",)),
    cst.Divide: ("/", ("*",)),
    cst.FloorDivide: ("//", ("/",)),
    cst.Modulo: ("%", ("*",)),
    cst.Power: ("**", ("*",)),
    cst.MatrixMultiply: ("@", ("*",)),
    cst.BitAnd: ("&", ("|",)),
    cst.BitOr: ("|", ("&",)),
    cst.BitXor: ("^", ("&",)),
    cst.LeftShift: ("<<", (">>",)),
    cst.RightShift: (">>", ("<<",)),
    cst.AddAssign: ("+=", ("-=",)),
    cst.SubtractAssign: ("-=", ("+=",)),
    cst.MultiplyAssign: ("*=", ("/=",)),
    cst.DivideAssign: ("/=", ("*=",)),
    cst.FloorDivideAssign: ("//=", ("/=",)),
    cst.BitAndAssign: ("&=", ("|=",)),
    cst.BitOrAssign: ("|=", ("&=",)),
    cst.And: ("and", ("or",)),
    cst.Or: ("or", ("and",)),
}
_NAMES = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "argmin": "argmax",
    "argmax": "argmin",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
}
"""Functions that are taken for each other."""

_VALUES = {
    "axis": {"0": "1", "1": "0", "-1": "0", '"columns"': '"index"', '"index"': '"columns"'},
    "ddof": {"0": "1", "1": "0"},
    "direction": {'"backward"': '"forward"', '"forward"': '"backward"'},
    "how": {'"left"': '"inner"', '"inner"': '"left"', '"right"': '"inner"', '"outer"': '"inner"'},
    "keep": {'"first"': '"last"', '"last"': '"first"', "False": '"first"'},
    "side": {'"left"': '"right"', '"right"': '"left"'},
}
"""Keywords whose values are taken for each other; nothing else is changed in them."""

_LONGEST = 60


def replacements(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    """Yield the mistakes at one node; those of the nodes in it come when they are asked for."""
    for operator in _ALL:
        yield from operator(node, source)


def is_passed_over(node: cst.CSTNode) -> bool:
    """Return whether nothing in a node is changed: types, imports, and what an exception says decide no mark."""
    if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom | cst.Raise | cst.Decorator):
        return True
    return isinstance(node, cst.If) and _code(node.test).replace("'", '"') == '__name__ == "__main__"'


def bound_names(node: cst.CSTNode) -> Iterator[str]:
    """Yield the names that an import binds."""
    if isinstance(node, cst.Import | cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            yield alias.evaluated_alias or alias.evaluated_name.partition(".")[0]


def changes_inside(node: cst.CSTNode) -> bool:
    """Return whether the nodes in a node are changed too."""
    return not (isinstance(node, cst.Arg) and _keyword(node) in _VALUES)


def _tokens(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    own, others = _COMPARISONS.get(type(node)) or _OPERATORS.get(type(node)) or ("", ())
    for other in others:
        yield Replacement(node, source.span(node), other, f"`{own}` became `{other}`")


def _numbers(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    if isinstance(node, cst.Integer):
        others = [str(node.evaluated_value + step) for step in (1, -1)]
    elif isinstance(node, cst.Float):
        # Exact, and a float again: 0.9 - 1 is -0.1 here.
        exact = [Decimal(node.value.replace("_", "")) + step for step in (1, -1)]
        others = [str(one) if {".", "E"} & set(str(one)) else f"{one}.0" for one in exact]
    else:
        return
    for other in others:
        text = f"({other})" if other.startswith("-") else other
        yield Replacement(node, source.span(node), text, f"`{node.value}` became `{other}`")


def _names(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    if isinstance(node, cst.Name) and node.value in {"True", "False"}:
        other = "False" if node.value == "True" else "True"
        yield Replacement(node, source.span(node), other, f"`{node.value}` became `{other}`")
    if isinstance(node, cst.Call):
        name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        if isinstance(name, cst.Name) and name.value in _NAMES:
            other = _NAMES[name.value]
            yield Replacement(name, source.span(name), other, f"`{name.value}` became `{other}`")


def _unary(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not | cst.Minus | cst.BitInvert):
        start, _ = source.span(node.operator)
        inner = _code(node.expression)
        yield Replacement(node, (start, source.span(node)[1]), inner, f"`{_short(node)}` became `{_shortened(inner)}`")


def _conditions(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    if isinstance(node, cst.If | cst.While | cst.IfExp | cst.CompIf):
        test = node.test
        # The mistakes of a comparison or of a `not` are told at their own sign.
        if not isinstance(test, cst.Comparison) and not (
            isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)
        ):
            text = f"not ({_code(test)})"
            yield Replacement(test, source.span(test), text, f"`{_short(test)}` became `not ({_short(test)})`")


def _bounds(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    moved: list[tuple[cst.BaseExpression, str]] = []
    if isinstance(node, cst.Slice):
        moved += [(node.lower, "+ 1")] if node.lower is not None else []
        moved += [(node.upper, "- 1")] if node.upper is not None else []
    elif isinstance(node, cst.Index) and isinstance(node.value, cst.Name) and not node.value.value.isupper():
        moved.append((node.value, "- 1"))
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "range":
        last = [arg for arg in node.args[:2] if arg.keyword is None and not arg.star][-1:]
        moved += [(arg.value, "- 1") for arg in last]
    for value, step in moved:
        if _is_number(value) or (isinstance(value, cst.Name) and value.value in {"None", "True", "False"}):
            continue
        plain = _code(value) if isinstance(value, cst.Name | cst.Call | cst.Attribute) else f"({_code(value)})"
        yield Replacement(
            value, source.span(value), f"{plain} {step}", f"`{_short(value)}` became `{_short(value)} {step}`"
        )


def _keywords(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    if not isinstance(node, cst.Call):
        return
    for place, arg in enumerate(node.args):
        name, value = _keyword(arg), _code(arg.value)
        if name in _VALUES:
            other = _VALUES[name].get(value.replace("'", '"'))
            if other is not None:
                change = f"`{name}={value}` became `{name}={other}`"
                yield Replacement(arg, source.span(arg.value), other, change)
        elif value in {"True", "False"} and name:
            other = "False" if value == "True" else "True"
            yield Replacement(arg, source.span(arg.value), other, f"`{name}={value}` became `{name}={other}`")
        elif name:
            start, end = source.span(arg)
            if place + 1 < len(node.args):
                end = source.span(node.args[place + 1])[0]
            yield Replacement(arg, (start, end), "", f"`{_short(arg)}` was left out")


def _statements(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    match node:
        case cst.Return(value=cst.BaseExpression() as value) if _code(value) != "None":
            yield Replacement(node, source.span(node), "return None", f"`{_short(node)}` became `return None`")
        case cst.Break():
            yield Replacement(node, source.span(node), "continue", "`break` became `continue`")
        case cst.Continue():
            yield Replacement(node, source.span(node), "break", "`continue` became `break`")
        case cst.Expr(value=value) if not isinstance(value, cst.SimpleString | cst.ConcatenatedString):
            yield _left_out(node, source)
        case cst.Raise() | cst.AugAssign() | cst.Assert() | cst.Del():
            yield _left_out(node, source)
        case cst.Assign() if _leaves_names_bound(node):
            yield _left_out(node, source)
        case _:
            pass


def _left_out(node: cst.CSTNode, source: Source) -> Replacement:
    return Replacement(node, source.span(node), "pass", f"`{_short(node)}` was left out")


def _leaves_names_bound(node: cst.Assign) -> bool:
    """Return whether what follows still finds its names without this assignment: a part is set, or a name again."""
    target = node.targets[0].target
    if isinstance(target, cst.Subscript | cst.Attribute):
        return True
    return isinstance(target, cst.Name) and _uses(node.value, target.value)


def _uses(node: cst.CSTNode, name: str) -> bool:
    if isinstance(node, cst.Attribute):
        return _uses(node.value, name)
    if isinstance(node, cst.Arg):
        return _uses(node.value, name)
    if isinstance(node, cst.Name):
        return node.value == name
    return any(_uses(child, name) for child in node.children)


def _is_number(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.UnaryOperation):
        return _is_number(node.expression)
    return isinstance(node, cst.Integer | cst.Float)


def _keyword(arg: cst.Arg) -> str:
    return arg.keyword.value if arg.keyword is not None else ""


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _short(node: cst.CSTNode) -> str:
    if isinstance(node, cst.Arg):
        node = node.with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=cst.SimpleWhitespace(""))
    return _shortened(_code(node))


def _shortened(code: str) -> str:
    """Return code on one line of at most `_LONGEST` characters, its middle left out."""
    line = " ".join(code.split()).rstrip(";").rstrip()
    half = _LONGEST // 2 - 2
    return line if len(line) <= _LONGEST else f"{line[:half]} … {line[-half:]}"


def _chained_calls(node: cst.CSTNode, source: Source) -> Iterator[Replacement]:
    """`x.sort_values("day")` becomes `x`: a step of a chain that was forgotten."""
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return
    before = node.func.value
    root: cst.BaseExpression = before
    while isinstance(root, cst.Attribute):
        root = root.value
    if isinstance(root, cst.Name) and root.value in source.modules:
        return
    step = _shortened(f".{_code(node)[len(_code(before)) + 1 :]}") if not node.lpar else f".{node.func.attr.value}(…)"
    yield Replacement(node.func.attr, source.span(node), _code(before), f"`{step}` was left out")


_ALL = (_tokens, _numbers, _names, _unary, _conditions, _bounds, _keywords, _chained_calls, _statements)
