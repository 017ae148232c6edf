"""An item on the screen: its stem, and the widget of its type to answer it."""

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from examengine.bank.figure import Figure
from examengine.bank.markdown_figures import figures_with_words
from examengine.bank.stimulus import Stimulus
from examengine.forms.figures import figures_in_case, figures_in_item
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.widget import Host, ItemView, inline_content, is_prose
from examengine.reports.session_report import ItemReport
from examengine.reports.words import in_points
from examengine.tui.widgets.feedback_pane import FeedbackPane, verdict_line
from examengine.tui.widgets.figure import FigureView, ShownFigure, shown_figures
from examengine.tui.widgets.kept_scroll import KeptScroll

if TYPE_CHECKING:
    from examengine.tui.widgets.prose import Prose
    from examengine.tui.widgets.stimulus_pane import StimulusPane


class ReadingPane(VerticalScroll):
    """Takes the keys where there is something to scroll, or where it shares the screen with an editor."""

    def allow_focus(self) -> bool:
        """Return whether the keys do anything here: else they would be lost to the options."""
        return super().allow_focus() and (self.max_scroll_y > 0 or self.is_beside_editor)

    @property
    def is_beside_editor(self) -> bool:
        """Return whether an editor keeps the tab key to itself."""
        return isinstance(self.parent, ItemPane) and self.parent.has_class("-roomy")


class ItemPane(Container):
    """Stem and response side by side where there is room, else one above the other; keeps one widget for each type."""

    def __init__(self, host: Host) -> None:
        super().__init__(id="item")
        self._host = host
        self._views: dict[str, ItemView] = {}
        self._stem = ""
        self._markdown: Prose | None = None
        self._cases: dict[str, StimulusPane] = {}
        self.case: StimulusPane | None = None
        """The case of the item that is shown."""
        self.entry: FormEntry | None = None
        self.figures: list[ShownFigure] = []
        """The figures of the item, then those of its case."""
        self._below_stem: list[ShownFigure] = []
        self._kept_scroll = KeptScroll(self, lambda: [self, *self.query("#stem, #answer")])

    def compose(self) -> ComposeResult:
        """Lay out the two halves."""
        with ReadingPane(id="stem"):
            yield Static("", id="task", markup=False)
            yield Static("", id="stem-prose", markup=False)
            yield Vertical(id="stem-figures")
        with ReadingPane(id="answer"):
            yield FeedbackPane()

    def on_mount(self) -> None:
        """Follow how far the panes are scrolled."""
        self._kept_scroll.follow(self, self.query_one("#stem"), self.query_one("#answer"))

    def on_resize(self) -> None:
        """Scroll to where this size was left."""
        self._kept_scroll.resized()

    @property
    def view(self) -> ItemView | None:
        """Return the widget of the item that is shown."""
        return None if self.entry is None else self._views.get(self.entry.item.type)

    @property
    def can_strike(self) -> bool:
        """Return whether options of the item can be struck out."""
        return self.view is not None and self.view.CAN_STRIKE

    def strike_marked(self) -> None:
        """Strike out the marked option, or take it back."""
        if self.view is not None:
            self.view.strike_marked()

    @property
    def is_case_shown(self) -> bool:
        """Return whether the case is on the screen: beside the item, or in its place."""
        return self.case is not None and self.case.display

    def switch_case(self) -> None:
        """Give the keys, and where it is narrow the room, to the case or back to the question."""
        case, view = self.case, self.view
        if case is None or view is None:
            return
        is_on = not self.has_class("-on-case")
        self.set_class(is_on, "-on-case")
        self.screen.set_focus(case.focus_target() if is_on else view.focus_target(), scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Follow a click or the tab key from the question to the case and back."""
        if self.case is not None:
            self.set_class(self.case.has_focus_within, "-on-case")

    async def show_entry(
        self,
        entry: FormEntry,
        response: dict[str, Any] | None,
        *,
        is_final: bool,
        stimulus: Stimulus | None = None,
        figures: Mapping[str, Figure] | None = None,
    ) -> None:
        """Show an item with the response that is on disk, and give its widget the keys."""
        item, spec = entry.item, spec_of(entry.item)
        self._kept_scroll.forget()
        view = await self._view_of(item.type, spec.widget)
        for other in self._views.values():
            other.display = other is view
        self.entry = entry
        await self._show_case(stimulus, figures or {})
        self.set_class(view.NEEDS_ROOM, "-roomy")
        view.load(item, entry.order, spec.response_model.model_validate(response or {}), is_final=is_final)
        self.query_one(FeedbackPane).hide()
        self._show_task(entry, stimulus)
        self.screen.set_focus(view.focus_target(), scroll_visible=False)
        for name in ("#stem", "#answer"):
            self.query_one(name, VerticalScroll).scroll_home(animate=False)
        self.scroll_home(animate=False)
        if item.stem != self._stem:
            self._stem = item.stem
            await self._show_stem(item.stem)
        await self._show_figures(item, stimulus, figures or {})

    def show_feedback(self, report: ItemReport, lines: Sequence[tuple[str, str, str]]) -> None:
        """Show the feedback of the item; its options carry their own rationale."""
        view = self.view
        if view is not None and self.entry is not None:
            view.show_feedback(lines, verdict_line(report))
            pane = self.query_one(FeedbackPane)
            pane.show_report(report, with_options=not self.entry.order)
            pane.can_focus = view.NEEDS_ROOM
            if view.NEEDS_ROOM:
                self.screen.set_focus(pane)
            self.call_after_refresh(self._reveal, view if self.entry.order else pane)

    def show_wait(self) -> None:
        """Say that the grading runs."""
        self.query_one(FeedbackPane).show_wait()
        self.call_after_refresh(self._reveal, self.query_one(FeedbackPane))

    def scroll_page(self, direction: int) -> None:
        """Scroll by a page: the stem as far as it goes, then what lies beside or below it, or the case."""
        if self.case is not None and self.has_class("-on-case"):
            self.case.scroll_page(direction)
            return
        for pane in (self.query_one("#stem"), self.query_one("#answer"), self):
            is_left = pane.scroll_y < pane.max_scroll_y if direction > 0 else pane.scroll_y > 0
            if pane.allow_vertical_scroll and is_left:
                pane.scroll_relative(y=direction * max(1, pane.size.height - 2), animate=False)
                return

    def zoom(self) -> None:
        """Give all room to the half that has the focus, or share it again."""
        if self.has_class("-zoom-stem") or self.has_class("-zoom-answer"):
            self.remove_class("-zoom-stem", "-zoom-answer")
        elif self.query_one("#stem").has_focus_within:
            self.add_class("-zoom-stem")
        else:
            self.add_class("-zoom-answer")

    async def _show_case(self, stimulus: Stimulus | None, figures: Mapping[str, Figure]) -> None:
        if stimulus is not None and stimulus.id not in self._cases:
            from examengine.tui.widgets.stimulus_pane import StimulusPane

            self._cases[stimulus.id] = StimulusPane(stimulus, figures)
            await self.mount(self._cases[stimulus.id], before=0)
        self.case = self._cases[stimulus.id] if stimulus is not None else None
        for pane in self._cases.values():
            pane.set_class(pane is self.case, "-current")
        self.remove_class("-on-case")
        self.set_class(self.case is not None, "-case")

    async def _show_stem(self, stem: str) -> None:
        # Most stems are paragraphs: one widget draws them in a fraction of the time that a tree of blocks takes.
        prose = self.query_one("#stem-prose", Static)
        prose.display = is_prose(stem)
        if prose.display:
            prose.update(inline_content(stem, between="\n\n"))
            if self._markdown is not None:
                self._markdown.display = False
            return
        if self._markdown is None:
            from examengine.tui.widgets.prose import Prose

            self._markdown = Prose(stem, id="stem-text")
            await self.query_one("#stem").mount(self._markdown, before="#stem-figures")
        else:
            self._markdown.display = True
            await self._markdown.update(stem)

    async def _show_figures(self, item: Item, stimulus: Stimulus | None, figures: Mapping[str, Figure]) -> None:
        pairs = dict(figures_in_item(item) if figures or "![" in item.stem else ())
        for name, words in figures_in_case(stimulus) if stimulus is not None else ():
            pairs.setdefault(name, words)
        self.figures = shown_figures(pairs.items(), figures)
        below = shown_figures(figures_with_words(item.stem) if "![" in item.stem else [], figures)
        if below != self._below_stem:
            self._below_stem = below
            holder = self.query_one("#stem-figures", Vertical)
            await holder.remove_children()
            await holder.mount_all(
                # The stem has told the words already.
                FigureView.for_app(shown, self.app, has_words=False)
                for shown in below
            )
            holder.display = bool(below)

    async def _view_of(self, item_type: str, dotted: str) -> ItemView:
        if item_type not in self._views:
            module, name = dotted.split(":")
            view: ItemView = getattr(importlib.import_module(module), name)(self._host)
            self._views[item_type] = view
            await self.query_one("#answer").mount(view, before=self.query_one(FeedbackPane))
        return self._views[item_type]

    def _show_task(self, entry: FormEntry, stimulus: Stimulus | None) -> None:
        task = self.query_one("#task", Static)
        task.display = isinstance(entry.item, Coding) or stimulus is not None
        if stimulus is not None:
            task.update(Content.assemble(("Case: ", "$quiet"), (stimulus.title, "bold $primary")))
        if isinstance(entry.item, Coding):
            item = entry.item
            facts = [f"{item.minutes} min", in_points(float(entry.points))]
            if item.requires:
                facts.append(f"with {', '.join(item.requires)}")
            if item.data_files:
                facts.append(f"files beside your code: {', '.join(item.data_files)}")
            # A statement that opens with a heading of its own needs no second title.
            title = "" if item.stem.lstrip().startswith("# ") else f"{item.title}\n"
            task.update(Content.assemble((title, "bold $primary"), (" · ".join(facts), "$quiet")))

    def _reveal(self, widget: Widget) -> None:
        scroller = self.query_one("#answer") if self.query_one("#answer").allow_vertical_scroll else self
        if scroller.allow_vertical_scroll:
            top = widget.region.y - scroller.region.y + round(scroller.scroll_y)
            scroller.scroll_to(y=max(0, top - 1), animate=False)
