"""Makes the mutants of a program.

Imported only where mutants are made: libcst takes a fifth of a second to load.
"""

import ast
import warnings
from collections import Counter
from collections.abc import Collection

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider

from examengine.bank.mutant import Mutant
from examengine.bank.mutation_operators import (
    Replacement,
    Source,
    bound_names,
    changes_inside,
    is_passed_over,
    replacements,
)

_NTH = {2: "2nd", 3: "3rd"}


def find_mutants(program: str, lines: Collection[int] | None = None) -> tuple[Mutant, ...]:
    """Return the mutants of a program, by line; the same for the same text on every machine.

    Two changes that give the same text are one mutant; a change after which the text is no Python is none.

    Args:
        program: Python source.
        lines: lines that may be changed, from 1; None: all.

    Raises:
        SyntaxError: the program is no Python.
    """
    try:
        wrapper = MetadataWrapper(cst.parse_module(program), unsafe_skip_copy=True)
    except cst.ParserSyntaxError as error:
        raise SyntaxError(error.message) from error
    spans = wrapper.resolve(ByteSpanPositionProvider)
    positions = wrapper.resolve(PositionProvider)

    def span_of(node: cst.CSTNode) -> tuple[int, int]:
        span = spans[node]
        return span.start, span.start + span.length

    source = Source(span_of, frozenset(name for node in spans for name in bound_names(node)))
    found: list[tuple[int, int, Replacement]] = []

    def walk(node: cst.CSTNode) -> None:
        place = positions.get(node)
        is_open = lines is None or place is None or place.start.line in lines
        if is_open:
            for one in replacements(node, source):
                start = positions[one.node].start
                if lines is None or start.line in lines:
                    found.append((start.line, start.column, one))
        if not is_passed_over(node) and changes_inside(node):
            for child in node.children:
                walk(child)

    walk(wrapper.module)
    return _told_apart(program, sorted(found, key=lambda one: one[:2]))


def _told_apart(program: str, found: list[tuple[int, int, Replacement]]) -> tuple[Mutant, ...]:
    content = program.encode()
    lines = program.split("\n")
    texts = {program}
    counts: Counter[tuple[int, str]] = Counter()
    mutants = []
    for line, _, one in found:
        start, end = one.span
        text = (content[:start] + one.text.encode() + content[end:]).decode()
        # Counted before it is known to be one, so that a name does not depend on what else is Python.
        counts[line, one.change] += 1
        if text in texts or not _is_python(text):
            continue
        texts.add(text)
        count = counts[line, one.change]
        nth = f" ({_NTH.get(count, f'{count}th')})" if count > 1 else ""
        mutants.append(Mutant(line, lines[line - 1].strip(), f"{one.change}{nth}", text))
    return tuple(mutants)


def _is_python(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "mutant", "exec", flags=ast.PyCF_ONLY_AST)
        except (SyntaxError, ValueError):
            return False
    return True
