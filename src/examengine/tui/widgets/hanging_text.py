"""Lines with a sign or a key before them; what wraps stays behind the sign."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Line = tuple[Content, Content]
"""What stands before, and the text."""


class HangingText(Widget):
    """Draws lines whose continuation is indented by the width of what stands before the first."""

    DEFAULT_CSS = """
    HangingText { height: auto; width: 1fr; }
    """

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._hanging = list(lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._hanging = list(lines)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the lines need at a width."""
        del container, viewport
        return len(self._rows(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        rows: list[Content] = []
        for before, text in self._hanging:
            room = max(8, width - before.cell_length)
            blank = " " * before.cell_length
            wrapped = text.wrap(room) or [Content("")]
            rows += [Content.assemble(before if place == 0 else blank, line) for place, line in enumerate(wrapped)]
        return rows


def plain_line(text: str | Content, style: str = "") -> Line:
    """Return a line with nothing before it."""
    return Content(""), Content.styled(text, style) if isinstance(text, str) else text


def bullet(text: str | Content, sign: str = "•", style: str = "") -> Line:
    """Return a line behind a sign."""
    return Content.styled(f"{sign} ", style), Content(text) if isinstance(text, str) else text
