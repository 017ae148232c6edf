"""Which test functions a test file defines, read from its syntax; nothing is run."""

import ast
import warnings
from collections.abc import Iterator, Mapping

from examengine.bank.yaml_source import Fault

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_tests(text: str) -> dict[str, int] | Fault:
    """Return test names (`test_x`, `TestX::test_y`) with their lines, as pytest would collect them."""
    try:
        # What Python warns of, such as an unknown escape, would be printed amid the caller's own output.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except SyntaxError as error:
        return Fault(error.lineno or 1, error.offset or 1, "python-syntax", f"this is not Python: {error.msg}")
    except (RecursionError, MemoryError):
        return Fault(1, 1, "python-syntax", "this cannot be read as Python: it is nested too deep")
    except ValueError as error:
        return Fault(1, 1, "python-syntax", f"this cannot be read as Python: {error}")
    found: dict[str, int] = {}
    classes: dict[str, ast.ClassDef] = {}
    for statement in _flat(module.body):
        if isinstance(statement, _Function) and statement.name.startswith("test"):
            found[statement.name] = statement.lineno
        elif isinstance(statement, ast.ClassDef):
            classes[statement.name] = statement
    for name, definition in classes.items():
        if name.startswith("Test") or _is_test_case(definition, classes, frozenset()):
            for method, line in _methods(definition, classes, frozenset()).items():
                found[f"{name}::{method}"] = line
    return found


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a body and of the branches in it."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If | ast.Try | ast.With):
            yield from _flat(statement.body)
            yield from _flat(getattr(statement, "orelse", []))
            for handler in getattr(statement, "handlers", []):
                yield from _flat(handler.body)
            yield from _flat(getattr(statement, "finalbody", []))


def _bases(definition: ast.ClassDef) -> list[str]:
    names = []
    for base in definition.bases:
        if isinstance(base, ast.Name):
            names.append(base.id)
        elif isinstance(base, ast.Attribute):
            names.append(base.attr)
    return names


def _is_test_case(definition: ast.ClassDef, classes: Mapping[str, ast.ClassDef], seen: frozenset[str]) -> bool:
    for base in _bases(definition):
        if base.endswith("TestCase"):
            return True
        if base in classes and base not in seen and _is_test_case(classes[base], classes, seen | {base}):
            return True
    return False


def _methods(definition: ast.ClassDef, classes: Mapping[str, ast.ClassDef], seen: frozenset[str]) -> dict[str, int]:
    """Return a class's test methods, inherited ones of the same file included."""
    found: dict[str, int] = {}
    for base in _bases(definition):
        if base in classes and base not in seen:
            found.update(_methods(classes[base], classes, seen | {base}))
    for statement in _flat(definition.body):
        if isinstance(statement, _Function) and statement.name.startswith("test"):
            found[statement.name] = statement.lineno
    return found
