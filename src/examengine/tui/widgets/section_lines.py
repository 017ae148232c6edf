"""The sections of a report, one a line: share, floor and time."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from examengine.reports.session_report import SectionReport
from examengine.reports.words import MARKS, duration, points

_LEAST_TITLE = 15


class SectionLines(Widget):
    """Titles yield where it is narrow; figures never do."""

    DEFAULT_CSS = """
    SectionLines { height: auto; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._sections: Sequence[SectionReport] = ()

    def show_sections(self, sections: Sequence[SectionReport]) -> None:
        """Show these sections."""
        self._sections = sections
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the sections need at a width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if not self._sections:
            return []
        tail_width = max(len(_tail(one)) for one in self._sections)
        time_width = max(len(_time(one)) for one in self._sections)
        longest = max(len(one.title) for one in self._sections)
        room = width - 4 - 2 - tail_width - 2 - time_width
        # Where the times do not fit beside the figures, they stand below them.
        is_one_line = room >= min(_LEAST_TITLE, longest)
        if not is_one_line:
            room = width - 4 - 2 - tail_width
        room = max(1, min(room, longest))
        lines = []
        for one in self._sections:
            mark = "right" if one.floor_percent is not None and one.percent >= one.floor_percent else "wrong"
            sign = " " if one.floor_percent is None else MARKS[mark][0]
            title = one.title if len(one.title) <= room else f"{one.title[: room - 1]}…"
            figures = Content.assemble(
                ("  ", ""), (f"{sign} ", f"bold $mark-{mark}"), f"{title:<{room}}  {_tail(one):<{tail_width}}"
            )
            time = Content.styled(f"  {_time(one)}", "$quiet")
            lines += [figures + time] if is_one_line else [figures, Content.assemble("  ", time)]
        return lines


def _tail(section: SectionReport) -> str:
    floor = "" if section.floor_percent is None else f", floor {points(section.floor_percent)} %"
    return f"{section.percent:5.1f} %  {points(section.earned)} of {points(section.possible)}{floor}"


def _time(section: SectionReport) -> str:
    allowed = "" if section.seconds_allowed is None else f" of {duration(section.seconds_allowed)}"
    ended = " (time up)" if section.closed == "time_up" else ""
    return f"{duration(section.seconds_used)}{allowed}{ended}"
