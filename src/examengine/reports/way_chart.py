"""Draws the way through a session as a grid of cells: items downwards, the session's clock to the right."""

from dataclasses import dataclass
from typing import Literal

from examengine.reports.session_report import SessionReport, WayReport
from examengine.reports.words import duration

Cell = Literal["", "stay", "better", "worse", "other"]
"""Nothing; the item was on the screen; an answer was changed to the right one, away from it, or else."""

CHANGE_CELLS: dict[str, Cell] = {
    "wrong_to_right": "better",
    "right_to_wrong": "worse",
    "wrong_to_wrong": "other",
    "right_to_right": "other",
}
PLAIN_SIGNS: dict[Cell, str] = {"": ".", "stay": "#", "better": "+", "worse": "-", "other": "~"}
"""For reports that are plain text."""
LEGEND = "{stay} on the screen  {better} changed to right  {worse} from right  {other} otherwise"
_LEAST_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a range of items, and its cells from the beginning of the session to its end."""

    first: int
    last: int
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """Return `7` or `7-12`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def way_rows(way: WayReport, items: int, width: int, height: int) -> tuple[Row, ...]:
    """Return at most `height` rows of `width` cells; each row stands for equally many items, the last for the rest.

    A cell is on where one of its items was on the screen during its share of the time, however short.
    """
    whole = sum(stay.seconds for stay in way.stays)
    if whole <= 0 or items == 0:
        return ()
    size = -(-items // max(1, height))
    grid: list[list[Cell]] = [[""] * width for _ in range(-(-items // size))]

    def column(seconds: float) -> int:
        return min(width - 1, max(0, int(width * seconds / whole)))

    for stay in way.stays:
        if stay.number is not None and stay.seconds > 0:
            end = stay.start_seconds + stay.seconds
            last = column(end)
            # A stay that ends where a cell begins has no part in it.
            last -= last > column(stay.start_seconds) and whole * last / width >= end
            for place in range(column(stay.start_seconds), last + 1):
                grid[(stay.number - 1) // size][place] = "stay"
    for change in way.changes:
        grid[(change.number - 1) // size][column(change.at_seconds)] = CHANGE_CELLS[change.kind]
    return tuple(
        Row(first=index * size + 1, last=min(items, (index + 1) * size), cells=tuple(cells))
        for index, cells in enumerate(grid)
    )


def way_lines(report: SessionReport, width: int, height: int) -> list[str]:
    """Return the chart in plain characters with its axis, within `width` columns; nothing where no time was used."""
    label = label_width(len(report.items), height)
    plot = max(_LEAST_WIDTH, width - label - 1)
    rows = way_rows(report.way, len(report.items), plot, height)
    if not rows:
        return []
    lines = [f"{row.label:>{label}} {''.join(PLAIN_SIGNS[cell] for cell in row.cells)}" for row in rows]
    return [*lines, f"{'':>{label}} {axis(report.seconds_used, plot)}"]


def label_width(items: int, height: int) -> int:
    """Return the columns that the labels of the rows take."""
    return len(str(items)) if items <= height else 2 * len(str(items)) + 1


def axis(seconds: float, width: int) -> str:
    """Return a line of times below the chart: the beginning, the middle and the end."""
    left, middle, right = duration(0), duration(seconds / 2), duration(seconds)
    line = f"{left}{middle:>{max(len(middle) + 1, width // 2 + len(middle) // 2 - len(left))}}"
    return f"{line}{right:>{max(len(right) + 1, width - len(line))}}"


def legend(signs: dict[Cell, str]) -> str:
    """Return what the signs mean."""
    return LEGEND.format(**{name: sign for name, sign in signs.items() if name})
