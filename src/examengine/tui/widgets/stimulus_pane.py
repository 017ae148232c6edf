"""A case on the screen: its sections, tables and figures under tabs, each of which keeps its place."""

from collections.abc import Mapping

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from examengine.bank.figure import Figure
from examengine.bank.markdown_figures import figures_with_words
from examengine.bank.stimulus import Exhibit, Stimulus, StimulusSection
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.widget import inline_content, is_prose
from examengine.tui.widgets.case_tabs import CaseTabs
from examengine.tui.widgets.figure import FigureView, ShownFigure, shown_figures
from examengine.tui.widgets.kept_scroll import KeptScroll
from examengine.tui.widgets.prose import Prose

_WIDEST_CELL = 40
_WIDEST_NAME = 14
_NARROWEST_TEXT = 12


class CaseTable(DataTable[Text]):
    """A table of a case: long texts take several lines to make room, and what finds none is scrolled to."""

    def __init__(self, exhibit: Exhibit) -> None:
        super().__init__(show_cursor=False, zebra_stripes=True)
        self._exhibit = exhibit
        self._widths: list[int] = []

    def on_mount(self) -> None:
        """Fill in the cells."""
        self._fill(0)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the texts into the width that there is."""
        self._fill(event.size.width)

    def _fill(self, room: int) -> None:
        exhibit = self._exhibit
        columns = list(zip(*exhibit.rows, strict=True))
        numbers = [all(not cell or read_number(cell) is not None for cell in column) for column in columns]
        names = [_wrapped(name, _WIDEST_NAME) for name in exhibit.header]
        widths = [
            max(min(_WIDEST_CELL, max(Content(cell).cell_length for cell in column)), _width(name))
            for column, name in zip(columns, names, strict=True)
        ]
        widths = _narrowed(widths, numbers, room - 2 * self.cell_padding * len(widths)) if room else widths
        if widths == self._widths:
            return
        self._widths = widths
        self.clear(columns=True)
        self.header_height = max(name.plain.count("\n") for name in names) + 1
        for name, is_number in zip(names, numbers, strict=True):
            name.justify = "right" if is_number else "left"
            self.add_column(name)
        for row in exhibit.rows:
            cells = [
                Text(cell, justify="right") if is_number else _wrapped(cell, width)
                for cell, is_number, width in zip(row, numbers, widths, strict=True)
            ]
            self.add_row(*cells, height=max(cell.plain.count("\n") for cell in cells) + 1)


def _narrowed(widths: list[int], numbers: list[bool], room: int) -> list[int]:
    """Return the widths with the widest texts made narrower until all fit, or cannot be narrower."""
    widths = list(widths)
    while sum(widths) > room:
        texts = [place for place, is_number in enumerate(numbers) if not is_number and widths[place] > _NARROWEST_TEXT]
        if not texts:
            break
        widest = max(texts, key=lambda place: widths[place])
        widths[widest] -= 1
    return widths


def _wrapped(cell: str, width: int) -> Text:
    return Text("\n".join(line.plain for line in Content(cell).wrap(max(1, width))))


def _width(text: Text) -> int:
    return max(Content(line).cell_length for line in text.plain.split("\n"))


class StimulusPane(Vertical):
    """One case; the tab that is shown and how far each is scrolled stay as they were left."""

    DEFAULT_CSS = """
    StimulusPane { display: none; height: 100%; width: 100%; padding: 0 1; }
    StimulusPane .case-title { height: auto; width: 100%; text-style: bold; color: $primary; }
    StimulusPane CaseTabs { margin-bottom: 1; }
    StimulusPane .tab { display: none; height: 1fr; width: 100%; overflow-x: hidden; }
    StimulusPane .tab.-on { display: block; }
    StimulusPane .tab Static { height: auto; width: 100%; }
    StimulusPane .tab .caption { dock: top; color: $quiet; margin-bottom: 1; }
    StimulusPane CaseTable { height: auto; max-height: 100%; width: 100%; }
    StimulusPane CaseTable { background: $background; scrollbar-size: 1 1; }
    StimulusPane CaseTable:focus { background-tint: $background 0%; }
    StimulusPane Prose { padding: 0; margin: 0; background: $background; height: auto; }
    StimulusPane MarkdownH1 { content-align: left middle; margin: 0 0 1 0; padding: 0; }
    StimulusPane MarkdownH2, StimulusPane MarkdownH3 { margin: 0 0 1 0; padding: 0; }
    StimulusPane MarkdownFence { overflow: hidden; margin: 0 0 1 0; }
    StimulusPane MarkdownFence > Label { width: 1fr; padding: 0 1; text-wrap: wrap; }
    StimulusPane MarkdownTableContent { keyline: none; grid-gutter: 0 1; }
    StimulusPane MarkdownTable { margin-bottom: 1; }
    """

    def __init__(self, stimulus: Stimulus, figures: Mapping[str, Figure] | None = None) -> None:
        super().__init__()
        self.stimulus = stimulus
        self._figures = figures or {}
        self._kept_scroll = KeptScroll(self, lambda: self.query(".tab"))
        self._parts: list[StimulusSection | Exhibit] = [*stimulus.sections, *stimulus.exhibits]

    def compose(self) -> ComposeResult:
        """Lay out title, tabs and the first tab; the others come in when they are shown."""
        yield Static(Content(self.stimulus.title), classes="case-title", markup=False)
        yield CaseTabs([part.title for part in self._parts])
        yield from (self._tab(0),)

    def on_mount(self) -> None:
        """Follow how far the first tab is scrolled."""
        self._kept_scroll.follow(self.query_one("#tab-0"))

    def on_resize(self) -> None:
        """Scroll to where this size was left."""
        self._kept_scroll.resized()

    @property
    def shown(self) -> int:
        """Return the index of the tab that is shown."""
        return self.query_one(CaseTabs).chosen

    def focus_target(self) -> Widget:
        """Return what takes the keys: the tab's text or table."""
        tab = self.query_one(f"#tab-{self.shown}")
        return next(iter(tab.query(CaseTable)), tab)

    async def show_tab(self, index: int) -> None:
        """Show a tab, as it was left; past the last comes the first."""
        index %= len(self._parts)
        had_focus = self.has_focus_within
        tabs = self.query(f"#tab-{index}")
        if not tabs:
            await self.mount(self._tab(index))
            self._kept_scroll.follow(self.query_one(f"#tab-{index}"))
        for tab in self.query(".tab"):
            tab.set_class(tab.id == f"tab-{index}", "-on")
        self.query_one(CaseTabs).chosen = index
        if had_focus:
            self.screen.set_focus(self.focus_target(), scroll_visible=False)

    def scroll_page(self, direction: int) -> None:
        """Scroll what is shown by a page."""
        target = self.focus_target()
        target.scroll_relative(y=direction * max(1, target.size.height - 2), animate=False)

    async def on_key(self, event: events.Key) -> None:
        """Pick a tab by its number, or go to the next one."""
        digit = event.character if event.character is not None and event.character in "123456789" else ""
        if digit and int(digit) <= len(self._parts):
            await self.show_tab(int(digit) - 1)
        elif event.key in ("left", "right") and not isinstance(self.screen.focused, CaseTable):
            await self.show_tab(self.shown + (1 if event.key == "right" else -1))
        else:
            return
        event.stop()
        event.prevent_default()

    @on(CaseTabs.Chosen)
    async def _picked(self, event: CaseTabs.Chosen) -> None:
        event.stop()
        await self.show_tab(event.index)
        self.screen.set_focus(self.focus_target(), scroll_visible=False)

    def _tab(self, index: int) -> Widget:
        part = self._parts[index]
        classes = "tab -on" if index == 0 else "tab"
        if isinstance(part, StimulusSection):
            text = Static(inline_content(part.text, between="\n\n"), markup=False) if is_prose(part.text) else None
            below = shown_figures(figures_with_words(part.text) if "![" in part.text else (), self._figures)
            views = [FigureView.for_app(shown, self.app, has_words=False) for shown in below]
            return VerticalScroll(text or Prose(part.text), *views, id=f"tab-{index}", classes=classes)
        if part.kind == "table":
            caption = Static(inline_content(part.alt or f"{len(part.rows)} rows"), classes="caption", markup=False)
            return Vertical(caption, CaseTable(part), id=f"tab-{index}", classes=classes)
        words = Static(Content.styled(f"[figure: {part.alt}]", "italic"), markup=False)
        shown = ShownFigure(part.figure, part.alt, self._figures.get(part.figure))
        view = FigureView.for_app(shown, self.app, has_words=False)
        return VerticalScroll(words, view, id=f"tab-{index}", classes=classes)
