"""A figure on the screen: as a picture where the terminal can, as half blocks elsewhere, and in words always."""

import functools
import itertools
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from examengine.bank.figure import Figure
from examengine.tui.figure_mode import Cell, FigureMode
from examengine.tui.picture import WHOLE, Box, Picture, fit, kitty_removal

if TYPE_CHECKING:
    from examengine.tui.app import ExamApp

FEWEST_ROWS = 6
"""A picture lower than this says nothing; its words stand alone."""
_WIDE = 100
_ROWS_BESIDE = 10
"""Rows of the screen that stay for stem, options, header and footer."""
_PLACEHOLDER = "\U0010eeee"
_KITTY_NUMBERS = itertools.count((os.getpid() & 0xFFFF) * 0x80 + 1)


class ShownFigure(NamedTuple):
    """A figure that a text refers to."""

    name: str
    words: str
    figure: Figure | None
    """None where the form lacks it: too large, damaged, or stored before forms carried figures."""


def shown_figures(pairs: Iterable[tuple[str, str]], figures: Mapping[str, Figure]) -> list[ShownFigure]:
    """Return what is shown for names with their text alternatives."""
    return [ShownFigure(name, words, figures.get(name)) for name, words in pairs]


@functools.lru_cache(maxsize=8)
def read_picture(figure: Figure) -> Picture | None:
    """Decode a figure, and keep the latest ones."""
    return Picture.read(figure)


class FigureView(Widget):
    """One figure; a click enlarges it."""

    DEFAULT_CSS = """
    FigureView { width: 100%; height: auto; }
    """

    class Chosen(Message):
        """The figure was clicked."""

        def __init__(self, name: str, x: float, y: float) -> None:
            super().__init__()
            self.name = name
            self.x, self.y = x, y
            """Where, as shares of the part that is drawn."""

    def __init__(
        self, shown: ShownFigure, mode: FigureMode, cell: Cell, *, fills: bool = False, has_words: bool = True
    ) -> None:
        """Make the widget.

        Args:
            shown: what to show.
            mode: how.
            cell: the size of a character.
            fills: whether it takes the room that it is given; else as many rows as suit the screen.
            has_words: whether it tells the text alternative where there is no picture.
        """
        super().__init__()
        self.shown = shown
        self.mode = mode
        self.cell = cell
        self.box = WHOLE
        self._fills = fills
        self._has_words = has_words
        self._drawn: tuple[tuple[Box, int, int], list[Strip]] | None = None
        self._sixel: tuple[tuple[Box, int, int, Region], str] | None = None
        self._kitty: tuple[tuple[Box, int, int], int] | None = None

    @classmethod
    def for_app(cls, shown: ShownFigure, app: App[Any], *, fills: bool = False, has_words: bool = True) -> Self:
        """Make the widget for the terminal that an app runs in."""
        exam_app = cast("ExamApp", app)
        return cls(shown, exam_app.figure_mode, exam_app.cell_size, fills=fills, has_words=has_words)

    @property
    def picture(self) -> Picture | None:
        """Return the decoded picture; None where words stand in its place."""
        if self.mode is FigureMode.TEXT or self.shown.figure is None:
            return None
        return read_picture(self.shown.figure)

    def words(self) -> Content:
        """Return the text alternative, and why there is no picture."""
        why = ""
        if self.shown.figure is None or (self.mode is not FigureMode.TEXT and self.picture is None):
            why = " (the picture cannot be shown)"
        return Content.styled(f"[figure: {self.shown.words or self.shown.name}]{why}", "italic")

    def drawing_size(self, width: int) -> tuple[int, int]:
        """Return columns and rows of the drawing at a width; nothing where there is no room for one."""
        picture = self.picture
        if picture is None:
            return 0, 0
        screen = self.app.size
        # Where stem and options lie one above the other, half of the screen stays for them.
        rows = screen.height - _ROWS_BESIDE if screen.width >= _WIDE else screen.height // 2
        rows = self.content_size.height if self._fills else rows
        if rows < FEWEST_ROWS and not self._fills:
            return 0, 0
        if self._fills:
            return self._filled(picture, width, rows)
        # One column for each pixel is the most that blocks gain from.
        return fit(picture.width, picture.height, min(width, picture.width), rows, self.cell)

    def visible_share(self, zoom: float) -> tuple[float, float]:
        """Return which shares of the picture's width and height have room at an enlargement of the fitted size."""
        picture, room = self.picture, self.content_size
        if picture is None or not room:
            return 1.0, 1.0
        across = room.width * self.cell.width / picture.width
        down = room.height * self.cell.height / picture.height
        scale = min(across, down) * zoom
        return min(1.0, across / scale), min(1.0, down / scale)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows of the drawing or of the words."""
        del container, viewport
        if self._fills:
            return max(1, self.content_size.height)
        columns, rows = self.drawing_size(width)
        if columns:
            return rows
        return len(self.words().wrap(max(1, width))) if self._has_words else 0

    def render_line(self, y: int) -> Strip:
        """Draw a row: of blocks, of the places of a kitty picture, or of words."""
        width = self.content_size.width
        columns, rows = self.drawing_size(width)
        if not columns:
            lines = self.words().wrap(max(1, width)) if self._has_words else []
            if y >= len(lines):
                return Strip.blank(width, self.rich_style)
            return Strip(lines[y].render_segments(self.visual_style)).adjust_cell_length(width, self.rich_style)
        if y >= rows or self.mode is FigureMode.SIXEL:
            return Strip.blank(width, self.rich_style)
        strip = self._kitty_row(y, columns, rows) if self.mode is FigureMode.KITTY else self._blocks(columns, rows)[y]
        return strip.adjust_cell_length(width, self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is visible; a sixel picture goes out as a whole, with the last row."""
        columns, rows = self.drawing_size(self.content_size.width)
        if self.mode is not FigureMode.SIXEL or not columns or not crop:
            return super().render_lines(crop)
        if not self.screen.is_active:  # a dialog lies above: the picture would shine through
            return [Strip.blank(crop.width, self.rich_style)] * crop.height
        picture = self.picture
        drawn = crop.intersection(Region(0, 0, columns, rows))
        if picture is None or not drawn:
            return super().render_lines(crop)
        place = self.screen.find_widget(self).visible_region
        pen = Style()
        segments = [
            Segment(f"\x1b[{place.y + 1};{place.x + 1}H", pen),
            Segment(self._sixels(picture, columns, rows, drawn), pen),
            Segment(f"\x1b[{place.bottom};{place.right + 1}H", pen),
        ]
        # Rows without a character leave what is there: the picture must not be painted over from below.
        return [Strip([])] * (crop.height - 1) + [Strip(segments, cell_length=crop.width)]

    def on_click(self, event: events.Click) -> None:
        """Tell where it was clicked."""
        place = event.get_content_offset(self)
        columns, rows = self.drawing_size(self.content_size.width)
        if place is not None:
            x = min(1.0, (place.x + 0.5) / columns) if columns else 0.5
            y = min(1.0, (place.y + 0.5) / rows) if rows else 0.5
            self.post_message(self.Chosen(self.shown.name, x, y))

    def show_part(self, box: Box) -> None:
        """Draw another part of the picture."""
        self.box = box
        self.refresh(layout=not self._fills)

    def on_unmount(self) -> None:
        """Have the terminal forget the picture."""
        if self._kitty is not None:
            self._send(kitty_removal(self._kitty[1]))

    def _filled(self, picture: Picture, width: int, rows: int) -> tuple[int, int]:
        across = (self.box.right - self.box.left) * picture.width
        down = (self.box.bottom - self.box.top) * picture.height
        return fit(max(1, round(across)), max(1, round(down)), width, rows, self.cell)

    def _blocks(self, columns: int, rows: int) -> list[Strip]:
        key = (self.box, columns, rows)
        if self._drawn is None or self._drawn[0] != key:
            picture = self.picture
            strips: list[Strip] = []
            if picture is not None:
                factor = (self.box.right - self.box.left) * picture.width / columns
                strips = list(block_strips(picture.scaled(self.box, columns, 2 * rows).with_ink_kept(factor)))
            self._drawn = (key, strips)
        return self._drawn[1]

    def _sixels(self, picture: Picture, columns: int, rows: int, drawn: Region) -> str:
        key = (self.box, columns, rows, drawn)
        if self._sixel is None or self._sixel[0] != key:
            across, down = self.cell
            part = picture.scaled(self.box, columns * across, rows * down).cut(
                drawn.x * across, drawn.y * down, drawn.right * across, drawn.bottom * down
            )
            self._sixel = (key, part.sixels())
        return self._sixel[1]

    def _kitty_row(self, y: int, columns: int, rows: int) -> Strip:
        key = (self.box, columns, rows)
        if self._kitty is None or self._kitty[0] != key:
            if self._kitty is not None:
                self._send(kitty_removal(self._kitty[1]))
            number = next(_KITTY_NUMBERS) & 0xFFFFFF or 1
            self._kitty = (key, number)
            picture = self.picture
            if picture is not None:
                part = picture.scaled(self.box, columns * self.cell.width, rows * self.cell.height)
                for message in part.kitty_messages(number, columns, rows):
                    self._send(message)
        number = self._kitty[1]
        # The picture's number travels as the colour of its placeholders.
        pen = Style(color=Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255))
        signs = place_signs()
        places = "".join(
            _PLACEHOLDER + signs[min(y, len(signs) - 1)] + (signs[x] if x < len(signs) else "") for x in range(columns)
        )
        return Strip([Segment(places, pen)], columns)

    def _send(self, message: str) -> None:
        # Through the driver, so that it cannot fall into the middle of what the screens send.
        driver = self.app._driver  # noqa: SLF001 - there is no public way to the terminal
        if driver is not None and not self.app.is_headless:
            driver.write(message)


def block_strips(picture: Picture) -> Iterator[Strip]:
    """Yield a picture as rows of half blocks, two of its lines in each."""
    lines = list(picture.rows())
    for above, below in zip(lines[::2], lines[1::2], strict=True):
        segments = []
        for (upper, lower), run in itertools.groupby(zip(above, below, strict=True)):
            length = len(list(run))
            ground = Color.from_rgb(*lower)
            if upper == lower:
                segments.append(Segment(" " * length, Style(bgcolor=ground)))
            else:
                segments.append(Segment("▀" * length, Style(color=Color.from_rgb(*upper), bgcolor=ground)))
        yield Strip(segments, len(above))


@functools.cache
def place_signs() -> list[str]:
    """Return the marks that tell row and column of a kitty picture: the terminals' agreed list, as far as it is needed.

    The list holds the marks above a letter that no composed letter is made of.
    """
    composed: set[str] = set()
    for code in range(0x2000):
        parts = unicodedata.decomposition(chr(code))
        if parts and not parts.startswith("<"):
            composed.update(chr(int(part, 16)) for part in parts.split())
    marks = (chr(code) for code in range(0x300, 0x898))
    return [
        mark
        for mark in marks
        if unicodedata.combining(mark) == 230 and not unicodedata.decomposition(mark) and mark not in composed
    ]
