"""What a notebook may hold and plain Python may not: magics, shell lines, help, top-level await."""

import ast
import re
import warnings
from dataclasses import dataclass

IGNORED = (
    *("autoreload", "colors", "config", "load_ext", "matplotlib", "pprint", "precision", "reload_ext"),
    *("timeit", "who", "whos", "xmode"),
)
"""Line magics that change only what is shown: left out, with a remark."""
TRANSPARENT = ("time", "capture")
"""Magics whose code runs as if they were not there."""

_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?P<assigned>[\w, .\[\]]+=[ \t]*)?%(?P<name>[A-Za-z_]\w*)(?P<rest>.*)")
_SHELL = re.compile(r"[ \t]*([\w, .\[\]]+=[ \t]*)?!")
_HELP = re.compile(r"[ \t]*(\?{1,2}[\w.*]+|[\w.*]+\?{1,2})[ \t]*(#.*)?$")
_CELL_MAGIC = re.compile(r"[ \t]*%%(?P<name>[A-Za-z_]\w*)?")


@dataclass(frozen=True, slots=True)
class Plain:
    """A cell's text as plain Python, with the same line numbers."""

    source: str
    remarks: tuple[str, ...] = ()
    """`line 1: …` for each magic that was left out."""
    refusal: str = ""
    """`line 2: …`: why the cell cannot run; empty where it can be tried."""
    refused_line: int = 0


def plain_python(source: str) -> Plain:
    """Return a code cell as plain Python; a cell that cannot be so is refused with its line.

    What is simply wrong Python passes: running it tells best what is wrong.
    """
    first = next((line for line in source.split("\n") if line.strip()), "")
    if _CELL_MAGIC.match(first):
        return _cell_magic(source, first)
    tree = _parsed(source)
    if tree is not None:
        line = _top_level_await(tree)
        if line:
            return _refused(source, line, "`await` stands outside a function; call asyncio.run(…) instead")
        return Plain(source)
    return _line_by_line(source)


def _refused(source: str, line: int, why: str) -> Plain:
    return Plain(source, refusal=f"line {line}: {why}", refused_line=line)


def _cell_magic(source: str, first: str) -> Plain:
    lines = source.split("\n")
    at = lines.index(first)
    found = _CELL_MAGIC.match(first)
    name = (found["name"] if found else "") or ""
    if name in TRANSPARENT:
        lines[at] = ""
        rest = plain_python("\n".join(lines))
        return Plain(rest.source, (f"line {at + 1}: %%{name} was left out", *rest.remarks), rest.refusal)
    if name == "timeit":
        return Plain("", (f"line {at + 1}: the cell only measures time (%%timeit) and was left out",))
    return _refused(
        source, at + 1, f"`{first.strip()[:60]}` is a cell magic; cells are run as plain Python, without Jupyter"
    )


def _line_by_line(source: str) -> Plain:
    lines = source.split("\n")
    remarks = []
    refusals: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        magic = _MAGIC.fullmatch(line)
        if magic is not None:
            name, rest, assigned = magic["name"], magic["rest"].strip(), magic["assigned"] or ""
            if name in TRANSPARENT and not assigned:
                lines[index] = f"{magic['indent']}{rest or 'pass'}"
                remarks.append(f"line {index + 1}: %{name} was left out")
            elif name in IGNORED and not assigned:
                lines[index] = f"{magic['indent']}pass"
                remarks.append(f"line {index + 1}: `{line.strip()[:60]}` was ignored")
            else:
                lines[index] = f"{magic['indent']}pass"
                refusals.append((index + 1, f"`{line.strip()[:60]}` is a magic"))
        elif _SHELL.match(line):
            lines[index] = f"{line[: len(line) - len(line.lstrip())]}pass"
            refusals.append((index + 1, f"`{line.strip()[:60]}` is a shell line"))
        elif _HELP.match(line):
            lines[index] = f"{line[: len(line) - len(line.lstrip())]}pass"
            refusals.append((index + 1, f"`{line.strip()[:60]}` asks Jupyter for help"))
    if refusals and _parsed("\n".join(lines)) is not None:
        at, what = refusals[0]
        return _refused(source, at, f"{what}; cells are run as plain Python, without Jupyter")
    if refusals or not remarks:
        return Plain(source)
    again = plain_python("\n".join(lines)) if _parsed("\n".join(lines)) is not None else Plain("\n".join(lines))
    return Plain(again.source, tuple(remarks), again.refusal, again.refused_line)


def _parsed(source: str) -> ast.Module | None:
    return parse(source)[0]


def parse(source: str) -> tuple[ast.Module | None, tuple[int, str]]:
    """Return the tree of Python text; or None, and the line and the words of what is wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source), (0, "")
    except SyntaxError as error:
        return None, (error.lineno or 1, error.msg or "invalid syntax")
    except (RecursionError, MemoryError):
        return None, (1, "it is nested too deep")
    except ValueError as error:
        return None, (1, str(error))


def _top_level_await(tree: ast.Module) -> int:
    """Return the line of an await outside every function; 0 where there is none."""
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
            return node.lineno
        if isinstance(node, ast.comprehension) and node.is_async:
            return int(getattr(node.iter, "lineno", 1))
        pending += list(ast.iter_child_nodes(node))
    return 0
