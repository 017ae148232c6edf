"""Makes a pytest file of a notebook's test cells: one test function a cell.

Names in a test cell mean, in this order: what test cells define; what the author's solution defines
(looked up in the candidate's task); what the author's shared cells and imports define (run again by
the judge, never taken from the candidate); Python's built-in names; whatever else the candidate has.
"""

import ast
import re
from dataclasses import dataclass

from examengine.notebooks.assignment import Assignment, Task, statements_of
from examengine.notebooks.cell import Role
from examengine.notebooks.names import (
    BUILTINS,
    bound_by,
    imported_by,
    is_star_import,
    local_to,
    needed_on_entry,
    quietly_bound,
    read_by,
    roots_changed_by,
    surely_bound,
    targets_of,
)

SUPPORT_MODULE = "notebook_tests"
"""The module beside the tests through which they reach the candidate's names."""
_OFFERED = ("display", "get_ipython")
_HANDLE = re.compile(r"_task_\d+")
_WHOLE = frozenset({"globals", "locals", "vars", "dir"})
"""Asked without arguments, they mean the notebook's names."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of the author's that runs before some test cell."""

    index: int
    """Of its cell."""
    role: Role
    node: ast.stmt


class _Writer:
    """Writes the tests of one notebook."""

    def __init__(self, assignment: Assignment, *, with_hidden: bool) -> None:
        self.assignment = assignment
        self.cells = assignment.cells if with_hidden else assignment.starter
        self.statements: list[_Statement] = []
        self.stars: list[ast.stmt] = []
        for index, cell in enumerate(assignment.cells):
            if not cell.is_code:
                continue
            source = self.cells[index].source if cell.role is Role.TEST else cell.source
            for node in statements_of(source):
                if is_star_import(node):
                    self.stars.append(node)
                elif not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
                    self.statements.append(_Statement(index, cell.role, node))

    def file(self) -> str:
        """Return the pytest file."""
        head = [f"import {SUPPORT_MODULE}", f"from {SUPPORT_MODULE} import {', '.join(_OFFERED)}"]
        head += [ast.unparse(node) for node in self.stars]
        functions = [
            self._function(task, index)
            for task in self.assignment.tasks
            for index in task.tests
            if self.cells[index].source.strip()
        ]
        return "\n".join(head) + "\n\n\n" + "\n\n\n".join(functions) + "\n"

    def _function(self, task: Task, index: int) -> str:
        own = [one.node for one in self.statements if one.index == index]
        owners = self._owners(task, index)
        owners = {name: module for name, module in owners.items() if name not in quietly_bound(own)}
        slice_ = self._slice(task, index, own)
        shared = self._shared_names(index) - set(owners)
        known = set(owners) | bound_by(*own, *(one.node for one in slice_)) | BUILTINS | set(_OFFERED)
        fallback = "" if self.stars else task.module
        body: list[ast.stmt] = []
        for one in slice_:
            rewrite = _Rewrite(self._owners(task, one.index), known, fallback, set(), task.module)
            node = one.node
            if one.role is Role.TEST:
                node = _NoAsserts().visit(_copied(node))
            body += rewrite.statements([node])
        body += _Rewrite(owners, known, fallback, shared, task.module).statements(own)
        bound = sorted(bound_by(*body) - {"__debug__"})
        modules = sorted({name for one in body for node in ast.walk(one) if (name := _task_name(node))}, key=_number)
        lines = [f"def {self.assignment.test_names[index]}():"]
        if bound:
            lines.append(f"    global {', '.join(bound)}")
        modules = modules or [_handle(task.module)]
        for module in modules:
            names = [module.removeprefix("_")] + ([task.module] if module != _handle(task.module) else [])
            lines.append(f"    {module} = {SUPPORT_MODULE}.Task({', '.join(map(repr, names))})")
        lines.append(f"    with {', '.join(modules)}:")
        text = ast.unparse(ast.fix_missing_locations(ast.Module(body=body or [ast.Pass()], type_ignores=[])))
        return "\n".join(lines) + "\n" + _indented(text)

    def _owners(self, task: Task, before: int) -> dict[str, str]:
        """Return the names that the author's solutions define above a cell, with the module of the latest task."""
        owners: dict[str, str] = {}
        for one in self.statements:
            if one.role not in {Role.SOLUTION, Role.MANUAL}:
                continue
            of = self.assignment.task_of(one.index)
            if of is not None and of.number <= task.number and one.index < before:
                owners.update(dict.fromkeys(bound_by(one.node) - imported_by(one.node), of.module))
        return owners

    def _shared_names(self, index: int) -> set[str]:
        return {
            name
            for one in self.statements
            if one.index < index and one.role in {Role.PLAIN, Role.LOCKED}
            for name in bound_by(one.node) - imported_by(one.node)
        }

    def _slice(self, task: Task, index: int, own: list[ast.stmt]) -> list[_Statement]:
        """Return the earlier statements that define what a test cell needs, in order."""
        needed = needed_on_entry(own)
        imported = {name for one in self.statements if one.index < index for name in imported_by(one.node)}
        chosen: list[_Statement] = []
        for one in reversed([one for one in self.statements if one.index < index]):
            is_solution = one.role in {Role.SOLUTION, Role.MANUAL}
            if is_solution:
                # From here upwards, the name is the candidate's.
                needed -= bound_by(one.node) - imported_by(one.node)
            bound = imported_by(one.node) if is_solution else bound_by(one.node)
            wanted = bound & needed
            if not wanted and (
                is_solution or not self._changes(one, needed, set(self._owners(task, one.index)), imported)
            ):
                continue
            chosen.append(one)
            if wanted <= surely_bound(one.node):
                needed -= wanted
            needed |= needed_on_entry([one.node])
        return chosen[::-1]

    @staticmethod
    def _changes(one: _Statement, needed: set[str], owners: set[str], imported: set[str]) -> bool:
        """Tell whether a statement changes, in place, an object that is needed."""
        roots = roots_changed_by(one.node) & needed
        if one.role is Role.TEST:
            roots -= imported
        return bool(roots) and not read_by(one.node) & owners


def write_tests(assignment: Assignment, *, with_hidden: bool) -> str:
    """Return the test cells as a pytest file; without the hidden regions, the visible parts alone.

    Visible parts without a statement give no test.
    """
    return _Writer(assignment, with_hidden=with_hidden).file()


class _Rewrite(ast.NodeTransformer):
    """Turns the candidate's names into attributes of their task, wherever they mean the notebook's names."""

    def __init__(self, owners: dict[str, str], known: set[str], fallback: str, shared: set[str], module: str) -> None:
        self.owners = owners
        self.known = known
        self.fallback = fallback
        self.shared = shared
        self.module = module
        self.hidden: frozenset[str] = frozenset()
        self.depth = 0

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Return a copy of the statements with the names turned."""
        return self._block([_copied(node) for node in body])

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        written: list[ast.stmt] = []
        for node in body:
            names = self._told_names(node) if self.depth == 0 else set()
            if isinstance(node, ast.AnnAssign) and self.depth == 0:
                # A name that is declared global takes no annotation.
                if node.value is not None:
                    written.append(self.visit(ast.copy_location(ast.Assign([node.target], node.value), node)))
            else:
                written.append(self.visit(node))
            for name in sorted(names):
                task = ast.Name(_handle(self.owners.get(name, self.module)), ast.Load())
                target = ast.Attribute(task, name, ast.Store())
                written.append(ast.Assign(targets=[target], value=ast.Name(name, ast.Load())))
        return written

    def _told_names(self, node: ast.stmt) -> set[str]:
        """Return the names that a statement binds here and that the candidate's code reads too."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            return bound_by(node) & (self.shared | set(self.owners))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            return bound_by(node) & self.shared
        return set()

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.hidden:
            return node
        if node.id in self.owners:
            return ast.copy_location(
                ast.Attribute(ast.Name(_handle(self.owners[node.id]), ast.Load()), node.id, node.ctx), node
            )
        if self.fallback and node.id not in self.known and isinstance(node.ctx, ast.Load):
            other = ast.Attribute(ast.Name(_handle(self.fallback), ast.Load()), "_other", ast.Load())
            return ast.copy_location(ast.Call(other, [ast.Constant(node.id)], []), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        is_whole = isinstance(node.func, ast.Name) and node.func.id in _WHOLE - self.hidden - set(self.owners)
        if is_whole and not node.args and not node.keywords and self.depth == 0:
            return ast.Call(
                func=ast.Attribute(ast.Name(_handle(self.module), ast.Load()), "_names", ast.Load()),
                args=[ast.Call(func=ast.Name("globals", ast.Load()), args=[], keywords=[])],
                keywords=[],
            )
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        node.args = self.visit(node.args)
        before = self.hidden
        self.hidden |= local_to(node)
        node.body = self.visit(node.body)
        self.hidden = before
        return node

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.args = self.visit(node.args)
        node.returns = None
        before = self.hidden
        self.hidden |= local_to(node)
        self.depth += 1
        node.body = self._block(node.body)
        self.depth -= 1
        self.hidden = before
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        before = self.hidden
        own = bound_by(*node.body)
        body: list[ast.stmt] = []
        for one in node.body:
            # A class's own names are seen by its statements, not by its methods.
            self.hidden = before if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) else before | own
            self.depth += 1
            body.append(self.visit(one))
            self.depth -= 1
        node.body = body
        self.hidden = before
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            before = self.hidden
            self.hidden |= targets_of(node)
            super().generic_visit(node)
            self.hidden = before
            return node
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                setattr(node, name, _Done(self._block(block)))
        for name, value in ast.iter_fields(node):
            if isinstance(value, _Done):
                setattr(node, name, list(value))
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
            elif isinstance(value, list):
                setattr(node, name, [self.visit(one) if isinstance(one, ast.AST) else one for one in value])
        return node


class _Done(list[ast.stmt]):
    """A block that has been turned already."""


class _NoAsserts(ast.NodeTransformer):
    """Takes the checks out of an earlier cell: each cell answers for its own."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return ast.copy_location(ast.Pass(), node)


def _copied(node: ast.stmt) -> ast.stmt:
    return ast.parse(ast.unparse(node)).body[0]


def _handle(module: str) -> str:
    return f"_{module}"


def _task_name(node: ast.AST) -> str:
    """Return the handle of a task that a node names; empty where it names none."""
    is_handle = isinstance(node, ast.Name) and _HANDLE.fullmatch(node.id)
    return node.id if is_handle and isinstance(node, ast.Name) else ""


def _number(handle: str) -> int:
    return int(handle.rpartition("_")[2])


def _indented(text: str) -> str:
    """Indent code by two levels; the lines inside a text in triple quotes stay as they are."""
    tree = ast.parse(text)
    inside = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno is not None
        for line in range(node.lineno + 1, node.end_lineno + 1)
    }
    return "\n".join(
        line if number in inside or not line else f"        {line}" for number, line in enumerate(text.split("\n"), 1)
    )
