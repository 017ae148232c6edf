"""Expressions that authors write: read once, checked for what they may hold, computed exactly.

The evaluator is simpleeval's, cut down to arithmetic: no attribute, no index, no text method, no loop is known to it,
and every operator is one of `exact`, whose numbers are bounded.
"""

import ast
import functools
import keyword
import operator
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from simpleeval import InvalidExpression, SimpleEval

from examengine.bank.template import exact
from examengine.bank.template.exact import FUNCTIONS, ExpressionError, Value

LONGEST = 500
"""Characters of one expression."""
_MOST_NODES = 200
_DEEPEST = 40
_WEIGHTS: Mapping[str, int] = {"normal_cdf": 30, "normal_quantile": 1500, "exp": 5, "log": 5, "log2": 5, "log10": 5}
"""Of functions that take longer than a sum."""

_OPERATORS: Mapping[type[ast.AST], Any] = {
    ast.Add: exact.add,
    ast.Sub: exact.subtract,
    ast.Mult: exact.multiply,
    ast.Div: exact.divide,
    ast.FloorDiv: exact.divide_down,
    ast.Mod: exact.remainder,
    ast.Pow: exact.power,
    ast.USub: exact.negative,
    ast.UAdd: exact.positive,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: lambda one, other: exact.number(one, "<") < exact.number(other, "<"),
    ast.LtE: lambda one, other: exact.number(one, "<=") <= exact.number(other, "<="),
    ast.Gt: lambda one, other: exact.number(one, ">") > exact.number(other, ">"),
    ast.GtE: lambda one, other: exact.number(one, ">=") >= exact.number(other, ">="),
}
_SIGNS: Mapping[type[ast.AST], str] = {ast.BitXor: "^ (a power is written **)", ast.MatMult: "@"}
_NODES = (ast.Expression, ast.Constant, ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call)
_OPERATOR_KINDS = (ast.operator, ast.unaryop, ast.cmpop)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that holds nothing but what it may."""

    text: str
    tree: ast.expr = field(compare=False)
    names: frozenset[str]
    """The parameters that it speaks of."""
    weight: int
    """How much work it is, in steps of some microseconds."""


def is_free_name(name: str) -> bool:
    """Return whether a parameter may have this name."""
    return not keyword.iskeyword(name) and name not in FUNCTIONS


@functools.lru_cache(maxsize=4096)
def read_expression(text: str) -> Expression:
    """Return an expression.

    Raises:
        ExpressionError: it is none, or holds what an expression may not; the message says what.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters")
    if not text.strip():
        raise ExpressionError("there is no expression")
    try:
        with warnings.catch_warnings():
            # Python warns of odd but harmless literals such as `1if`; the checks below decide.
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"'{_short(text)}' is not an expression") from error
    weight = _check_size(tree, text)
    names = set()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    weight += sum(_WEIGHTS.get(node.id, 0) for node in ast.walk(tree) if isinstance(node, ast.Name))
    for node in ast.walk(tree):
        _check_node(node)
        if isinstance(node, ast.Name) and id(node) not in called:
            names.add(node.id)
    return Expression(text.strip(), tree.body, frozenset(names), weight)


def evaluate(expression: Expression, values: Mapping[str, Value]) -> Value:
    """Return what an expression comes to.

    Raises:
        ExpressionError: it has no value for these parameters.
    """
    if isinstance(expression.tree, ast.Name) and expression.tree.id in values:
        # Most placeholders are a name alone, and an evaluator takes many times as long as they do.
        return values[expression.tree.id]
    try:
        found = _evaluator(values).eval(expression.text, previously_parsed=expression.tree)
    except ExpressionError as error:
        raise ExpressionError(f"'{_short(expression.text)}' {_told(error)}") from error
    except TypeError as error:
        raise ExpressionError(
            f"'{_short(expression.text)}' calls a function with too few or too many values"
        ) from error
    except (InvalidExpression, RecursionError) as error:
        raise ExpressionError(f"'{_short(expression.text)}' cannot be computed") from error
    if not isinstance(found, Fraction | str | bool):
        raise ExpressionError(f"'{_short(expression.text)}' is neither a number nor a text")
    return found


class _Evaluator(SimpleEval):  # type: ignore[misc]
    """Arithmetic over given values, and nothing else."""

    def __init__(self) -> None:
        super().__init__(operators=dict(_OPERATORS), functions=dict(FUNCTIONS))
        self.nodes = {
            ast.Constant: _constant,
            ast.Name: self._eval_name,
            ast.UnaryOp: self._eval_unaryop,
            ast.BinOp: self._eval_binop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_call,
        }


_OF_THREAD: Final = threading.local()


def _evaluator(values: Mapping[str, Value]) -> _Evaluator:
    """Return this thread's evaluator for given values: to make one takes longer than most expressions."""
    found: _Evaluator | None = getattr(_OF_THREAD, "evaluator", None)
    if found is None:
        found = _OF_THREAD.evaluator = _Evaluator()
    found.names = dict(values)
    return found


def _constant(node: ast.Constant) -> Value:
    value = node.value
    if isinstance(value, bool | str):
        return value
    # str() first: 0.1 means one tenth, not the nearest binary float.
    return _literal(str(value))


@functools.lru_cache(maxsize=4096)
def _literal(digits: str) -> Fraction:
    return exact.bounded(Fraction(digits))


def _check_size(tree: ast.AST, text: str) -> int:
    level: list[ast.AST] = [tree]
    count = depth = 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > _MOST_NODES or depth > _DEEPEST:
            raise ExpressionError(f"'{_short(text)}' is too long; put a part of it into a parameter of its own")
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return count


def _check_node(node: ast.AST) -> None:
    match node:
        case ast.Constant(value=value):
            _check_constant(value)
        case ast.Call(func=func, keywords=keywords):
            if not isinstance(func, ast.Name):
                raise ExpressionError("only functions with a name can be called")
            if func.id not in FUNCTIONS:
                raise ExpressionError(f"there is no function '{func.id}'; there are {', '.join(FUNCTIONS)}")
            if keywords:
                raise ExpressionError("functions take values without names")
        case ast.operator() | ast.unaryop() | ast.cmpop():
            if type(node) not in _OPERATORS:
                sign = _SIGNS.get(type(node), type(node).__name__)
                raise ExpressionError(f"an expression has no operator {sign}")
        case ast.boolop() | ast.expr_context():
            pass
        case _:
            if not isinstance(node, _NODES):
                raise ExpressionError(f"an expression has no {_KINDS.get(type(node), type(node).__name__.lower())}")


def _check_constant(value: object) -> None:
    if isinstance(value, bool | str):
        return
    if isinstance(value, int):
        exact.bounded(Fraction(value))
    elif not isinstance(value, float) or value in (float("inf"), float("-inf")):
        raise ExpressionError("an expression holds numbers and texts alone")


_KINDS: Mapping[type[ast.AST], str] = {
    ast.Attribute: "point between names",
    ast.Subscript: "index in brackets",
    ast.List: "list",
    ast.Tuple: "list",
    ast.Dict: "mapping",
    ast.Set: "set",
    ast.JoinedStr: "text with values in it",
}


def _told(error: ExpressionError) -> str:
    message = str(error)
    return message if message.startswith("divides") else f"cannot be computed: {message}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}…"
