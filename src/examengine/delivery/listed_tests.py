"""Which tests a file would have run, read from its syntax: the denominator where nothing could be collected."""

import ast
import itertools
import warnings
from collections.abc import Iterable, Mapping

from examengine.bank.hidden_tests import find_tests
from examengine.bank.yaml_source import Fault
from examengine.core.evidence import Evidence, TestOutcome

_MOST_SETS = 2000
_PLAIN = (bool, int, float, complex)


def listed_tests(files: Mapping[str, bytes]) -> list[str]:
    """Return the ids of all tests in these files, as pytest would name them, parameter sets of literals included."""
    return [f"{name}::{test}" for name in sorted(files) for test in _tests_in(files[name])]


def with_every_test(evidence: Evidence, files: Mapping[str, bytes]) -> Evidence:
    """Put a file's tests in the place of the file, where it stands for tests that never came to light."""
    outcomes: list[TestOutcome] = []
    for outcome in evidence.tests:
        inside = _tests_in(files[outcome.id]) if outcome.id in files else []
        if outcome.id in files and not inside and len(evidence.tests) > 1:
            continue  # a file without tests, such as a conftest.py
        outcomes += [outcome.model_copy(update={"id": f"{outcome.id}::{test}"}) for test in inside] or [outcome]
    return evidence.model_copy(update={"tests": tuple(outcomes)})


def _tests_in(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    found = find_tests(text)
    if isinstance(found, Fault):
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = ast.parse(text)
    definitions = {
        one.lineno: one for one in ast.walk(module) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    above: dict[str, list[ast.expr]] = {
        one.name: one.decorator_list for one in ast.walk(module) if isinstance(one, ast.ClassDef)
    }
    listed = []
    for name, line in found.items():
        own = definitions[line].decorator_list if line in definitions else []
        around = above.get(name.split("::", 1)[0], []) if "::" in name else []
        listed += [f"{name}{ending}" for ending in _endings([*reversed(own), *reversed(around)])]
    return listed


def _endings(decorators: Iterable[ast.expr]) -> list[str]:
    """Return `[…]` for each parameter set, nearest decorator first; one empty ending where there are none."""
    axes: list[list[str]] = []
    for decorator in decorators:
        sets = _parameter_sets(decorator)
        if sets:
            axes.append(sets)
    if not axes:
        return [""]
    # The farthest decorator turns slowest, and stands last in the name.
    sets_in_order = itertools.islice(itertools.product(*reversed(axes)), _MOST_SETS)
    return [f"[{'-'.join(reversed(one))}]" for one in sets_in_order]


def _parameter_sets(decorator: ast.expr) -> list[str]:
    if not (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "parametrize"
    ):
        return []
    given: dict[str | None, ast.expr] = {word.arg: word.value for word in decorator.keywords}
    arguments = dict(zip(("argnames", "argvalues"), decorator.args, strict=False)) | given
    names, values = arguments.get("argnames"), arguments.get("argvalues")
    if not isinstance(values, ast.List | ast.Tuple) or any(isinstance(one, ast.Starred) for one in values.elts):
        return []
    plain = _names(names)
    own = arguments.get("ids")
    written = [_constant(one) for one in own.elts] if isinstance(own, ast.List | ast.Tuple) else []
    ids = []
    for index, value in enumerate(values.elts):
        said = written[index] if index < len(written) else None
        ids.append(said if isinstance(said, str) else _set_id(value, plain, index))
    return _told_apart(ids)


def _names(node: ast.expr | None) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [name.strip() for name in node.value.split(",") if name.strip()]
    if isinstance(node, ast.List | ast.Tuple):
        return [str(_constant(one)) for one in node.elts]
    return ["value"]


def _set_id(value: ast.expr, names: list[str], index: int) -> str:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "param":
        said = next((_constant(word.value) for word in value.keywords if word.arg == "id"), None)
        if isinstance(said, str):
            return said
        items: list[ast.expr] = list(value.args)
    elif len(names) > 1 and isinstance(value, ast.List | ast.Tuple):
        items = list(value.elts)
    else:
        items = [value]
    return "-".join(_one_id(item, name, index) for item, name in zip(items, names, strict=False))


def _one_id(item: ast.expr, name: str, index: int) -> str:
    try:
        value = ast.literal_eval(item)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return f"{name}{index}"
    if value is None or isinstance(value, _PLAIN):
        return str(value)
    if isinstance(value, str):
        return value.encode("unicode_escape").decode("ascii")
    if isinstance(value, bytes):
        return value.decode("ascii", "backslashreplace")
    return f"{name}{index}"


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _told_apart(ids: list[str]) -> list[str]:
    """Number ids that occur more than once, as pytest does."""
    if len(set(ids)) == len(ids):
        return ids
    counts = {one: ids.count(one) for one in ids}
    numbers = dict.fromkeys(ids, 0)
    told = []
    for one in ids:
        if counts[one] == 1:
            told.append(one)
            continue
        told.append(f"{one}{'_' if one and one[-1].isdigit() else ''}{numbers[one]}")
        numbers[one] += 1
    return told
