"""Solution, hidden-test and mark-scheme regions in a cell's text, by nbgrader's marks."""

import re
from dataclasses import dataclass
from enum import StrEnum

CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
TEXT_STUB = ("YOUR ANSWER HERE",)


class Region(StrEnum):
    """What a region holds; the value is what its marks say after BEGIN and END."""

    SOLUTION = "SOLUTION"
    HIDDEN_TESTS = "HIDDEN TESTS"
    MARK_SCHEME = "MARK SCHEME"


_MARK = re.compile(r"\b(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A region: the lines of its two marks, from 0."""

    region: Region
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class RegionFault:
    """What is wrong with a mark."""

    line: int
    """From 1, in the cell."""
    message: str
    hint: str


def find_regions(source: str) -> tuple[tuple[Span, ...], tuple[RegionFault, ...]]:
    """Return the regions of a cell and what is wrong with its marks."""
    spans: list[Span] = []
    faults: list[RegionFault] = []
    opened: tuple[Region, int] | None = None
    for index, line in enumerate(source.split("\n")):
        mark = _MARK.search(line)
        if mark is None:
            continue
        region = Region(mark[2])
        if mark[1] == "BEGIN":
            if opened is not None:
                faults.append(
                    RegionFault(
                        index + 1,
                        f"BEGIN {region} stands inside the region {opened[0]} of line {opened[1] + 1}",
                        f"close it with '### END {opened[0]}' first",
                    )
                )
            opened = (region, index)
        elif opened is None or opened[0] is not region:
            faults.append(
                RegionFault(
                    index + 1, f"END {region} has no BEGIN", f"write '### BEGIN {region}' above, or remove the line"
                )
            )
        else:
            spans.append(Span(region, opened[1], index))
            opened = None
    if opened is not None:
        faults.append(
            RegionFault(
                opened[1] + 1,
                f"the region {opened[0]} is never closed",
                f"write '### END {opened[0]}' below what belongs to it",
            )
        )
    return tuple(spans), tuple(faults)


def without_regions(source: str, *regions: Region) -> str:
    """Return a text without these regions, their marks included."""
    drop = {
        line for span in find_regions(source)[0] if span.region in regions for line in range(span.begin, span.end + 1)
    }
    return "\n".join(line for index, line in enumerate(source.split("\n")) if index not in drop) if drop else source


def without_marks(source: str) -> str:
    """Return a text without the lines that mark regions; what the regions hold stays."""
    return "\n".join(line for line in source.split("\n") if not _MARK.search(line))


def cleared_solution(source: str, *, is_code: bool) -> str:
    """Return a solution cell as the candidate gets it: a stub for each region, or for all where there is none."""
    stub = CODE_STUB if is_code else TEXT_STUB
    spans = [span for span in find_regions(source)[0] if span.region is Region.SOLUTION]
    if not spans:
        return "\n".join(stub)
    lines: list[str] = []
    at = 0
    text = source.split("\n")
    for span in spans:
        lines += text[at : span.begin]
        first = text[span.begin]
        indent = first[: len(first) - len(first.lstrip())]
        lines += [indent + line for line in stub]
        at = span.end + 1
    return "\n".join(lines + text[at:])
