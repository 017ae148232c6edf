"""Which names Python statements bind, read and need, from their syntax alone."""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence

BUILTINS = frozenset(dir(builtins))
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def bound_by(*statements: ast.stmt) -> set[str]:
    """Return the names that statements bind in their own scope, and those that inner functions declare global."""
    found: set[str] = set()
    for node in _in_scope(statements):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.add(node.name)
                found |= {name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names}
            case ast.Import() | ast.ImportFrom():
                found |= imported_by(node)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case ast.MatchMapping(rest=str(name)):
                found.add(name)
            case _:
                pass
    return found


def imported_by(statement: ast.stmt) -> set[str]:
    """Return the names that an import binds; a star is none."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    return {alias.asname or alias.name.partition(".")[0] for alias in statement.names if alias.name != "*"}


def is_star_import(statement: ast.stmt) -> bool:
    """Tell whether a statement imports whatever a module has."""
    return isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names)


def quietly_bound(statements: Iterable[ast.stmt]) -> set[str]:
    """Return names bound where no attribute could stand: walrus, except, match."""
    found: set[str] = set()
    for node in _in_scope(statements):
        match node:
            case ast.NamedExpr(target=ast.Name(id=name)):
                found.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case ast.MatchMapping(rest=str(name)):
                found.add(name)
            case _:
                pass
    return found


def surely_bound(statement: ast.stmt) -> set[str]:
    """Return the names that are bound once the statement has run to its end."""
    if isinstance(statement, ast.If | ast.For | ast.AsyncFor | ast.While | ast.Try | ast.Match | ast.TryStar):
        return set()
    return bound_by(statement)


def read_by(node: ast.AST) -> set[str]:
    """Return every name that is read anywhere in a tree, its functions included."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load | ast.Del)}
    for one in ast.walk(node):
        if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name):
            found.add(one.target.id)
    return found


def free_in(node: ast.AST) -> set[str]:
    """Return the names that a tree reads and that no function or comprehension in it binds for itself."""
    return _free(node, frozenset())


def needed_on_entry(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names that must be there before the statements run."""
    bound_anywhere = bound_by(*statements)
    bound: set[str] = set()
    needed: set[str] = set()
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            at_once = {name for part in (*statement.decorator_list, statement.args) for name in free_in(part)}
            needed |= (at_once - bound) | (free_in(statement) - bound_anywhere)
        else:
            needed |= free_in(statement) - bound
        bound |= surely_bound(statement)
    return needed


def roots_changed_by(statement: ast.stmt) -> set[str]:
    """Return the names whose objects a statement may change in place: `x[i] = …`, `x.a = …`, `… x.method(…)`."""
    found: set[str] = set()
    for node in _in_scope([statement]):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            found |= _root(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found |= _root(node.func)
    return found


def local_to(function: _Function) -> set[str]:
    """Return the names that belong to a function itself."""
    arguments = function.args
    found = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    found |= {one.arg for one in (arguments.vararg, arguments.kwarg) if one is not None}
    if isinstance(function, ast.Lambda):
        return found
    found |= bound_by(*function.body)
    for node in _in_scope(function.body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            found -= set(node.names)
    return found


def targets_of(comprehension: _Comprehension) -> set[str]:
    """Return the loop variables of a comprehension."""
    return {
        node.id
        for generator in comprehension.generators
        for node in ast.walk(generator.target)
        if isinstance(node, ast.Name)
    }


def _root(node: ast.expr) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _free(node: ast.AST, hidden: frozenset[str]) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id} - hidden if isinstance(node.ctx, ast.Load | ast.Del) else set()
    found: set[str] = set()
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        found |= {node.target.id} - hidden
    if isinstance(node, _Function):
        inner = hidden | local_to(node)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        outside: list[ast.AST] = [node.args]
        if not isinstance(node, ast.Lambda):
            outside += [*node.decorator_list, *([node.returns] if node.returns else [])]
        for part in outside:
            found |= _free(part, hidden)
        for part in body:
            found |= _free(part, inner)
        return found
    if isinstance(node, _Comprehension):
        hidden |= targets_of(node)
    for child in ast.iter_child_nodes(node):
        found |= _free(child, hidden)
    return found


def _in_scope(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of one scope: not the inside of functions, classes and comprehensions."""
    pending: list[ast.AST] = list(statements)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            pending += node.decorator_list
        elif isinstance(node, _Comprehension):
            # A walrus binds in the scope around.
            pending += [one for one in ast.walk(node) if isinstance(one, ast.NamedExpr)]
        elif not isinstance(node, ast.Lambda):
            pending += list(ast.iter_child_nodes(node))
