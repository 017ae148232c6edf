"""One item for its author: as a candidate meets it, drawn again or with its key, and anew whenever a file is saved."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from examengine.core.errors import ExamEngineError
from examengine.core.model import Model
from examengine.delivery.preview_item import Preview, preview_item, report_preview
from examengine.delivery.watch_files import LOOK_SECONDS, Watched
from examengine.forms.form import FormEntry
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import FileEdit
from examengine.itemtypes.widget import Kept
from examengine.tui.actions import Action
from examengine.tui.screens.case_actions import CASE, CaseActions
from examengine.tui.screens.figure_actions import FigureActions
from examengine.tui.widgets.figure import ShownFigure
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.item_pane import ItemPane

_MOST_PROBLEMS = 4
"""Problems that stand above the item; the others are counted."""


class PreviewScreen(CaseActions, FigureActions[None]):
    """Holds a response as an exam would, so that the item can be tried; nothing is stored."""

    PLACE = "preview"
    DEFAULT_CSS = """
    PreviewScreen #preview-head { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    PreviewScreen #preview-problems { dock: top; display: none; height: auto; max-height: 50%; padding: 0 1; }
    PreviewScreen #preview-problems.-shown { display: block; }
    PreviewScreen.-unread ItemPane { display: none; }
    """

    def __init__(self, folder: Path, item_id: str, seed: int, *, is_watched: bool) -> None:
        """Show an item.

        Args:
            folder: of its bank.
            item_id: with or without the bank's id before it.
            seed: the first one.
            is_watched: reads the bank again whenever one of its files is saved.
        """
        super().__init__()
        self._folder = folder
        self._item_id = item_id
        self._seed = seed
        self._watched = Watched([folder]) if is_watched else None
        self._shown: Preview | None = None
        self._response: dict[str, Any] | None = None
        self._has_key = False

    def compose(self) -> ComposeResult:
        """Lay out what it is, what is wrong with it, the item, and the footer."""
        yield Static("", id="preview-head", markup=False)
        yield Static("", id="preview-problems", markup=False)
        yield ItemPane(self)
        yield HintBar()

    def on_mount(self) -> None:
        """Read the item, and look at its files from now on."""
        self._read()
        if self._watched is not None:
            self.set_interval(LOOK_SECONDS, self._look)

    @property
    def entry(self) -> FormEntry | None:
        """Return the item as it is shown."""
        return self._shown.entry if self._shown is not None else None

    def can(self, name: str) -> bool:
        """Offer what the item has."""
        pane = self.query_one(ItemPane)
        if name in ("leave", "help", "change_theme", "draw_again"):
            return True
        if self.entry is None or pane.entry is None:
            return False
        if name in CASE:
            return self.can_look_at_case(name)
        match name:
            case "figure":
                return bool(pane.figures)
            case "zoom" | "other_file":
                return pane.has_class("-roomy")
        return True

    def label(self, action: Action) -> str:
        """Say what the key leads to."""
        if action.name == "case":
            return self.case_label()
        return "Hide key" if action.name == "show_key" and self._has_key else action.label

    def figures_here(self) -> Sequence[ShownFigure]:
        """Return the figures of the item, then those of its case."""
        return self.query_one(ItemPane).figures

    def respond(self, response: Model) -> Kept:
        """Hold a response."""
        self._response = response.model_dump(mode="json")
        return Kept.SAVED

    def edit(self, edit: FileEdit) -> Kept:
        """Hold one change of a file."""
        entry = self.entry
        spec = spec_of(entry.item) if entry is not None else None
        if entry is None or spec is None or spec.apply_edit is None:
            return Kept.REFUSED
        before = spec.response_model.model_validate(self._response or {})
        return self.respond(spec.apply_edit(entry.item, before, edit))

    def strike(self, options: frozenset[str]) -> Kept:
        """Take which options are struck out."""
        del options
        return Kept.SAVED

    def confirm(self) -> None:
        """Show the key to who has answered."""
        if not self._has_key:
            self.app.call_later(self.action_do, "show_key")

    def action_draw_again(self) -> None:
        """Show the item of the next seed: options in another order, other values of a template."""
        self._seed += 1
        self._response = None
        self._has_key = False
        self._read()

    async def action_show_key(self) -> None:
        """Show the key, every rationale, and what the response earns; or hide them."""
        self._has_key = not self._has_key
        await self._show_entry()

    def action_zoom(self) -> None:
        """Give one half all the room."""
        self.query_one(ItemPane).zoom()

    def action_other_file(self) -> None:
        """Show the next file."""
        view = self.query_one(ItemPane).view
        if view is not None:
            view.next_file()

    def action_scroll_up(self) -> None:
        """Scroll the item."""
        self.query_one(ItemPane).scroll_page(-1)

    def action_scroll_down(self) -> None:
        """Scroll the item."""
        self.query_one(ItemPane).scroll_page(1)

    def action_leave(self) -> None:
        """End."""
        self.app.exit()

    def _read(self) -> None:
        folder, item_id, seed = self._folder, self._item_id, self._seed
        self.exam_app.background.run(
            self,
            lambda: preview_item(folder, item_id, seed),
            lambda preview: self.app.call_next(self._show, preview),
            self._failed,
        )

    def _look(self) -> None:
        watched = self._watched
        if watched is not None:
            self.exam_app.background.run(
                self, watched.changed, lambda changed: self._read() if changed else None, self.exam_app.report
            )

    def _failed(self, error: ExamEngineError) -> None:
        """Tell what keeps the item from being shown; while its files are watched, what was shown stays."""
        self._tell([str(error)])
        if self._shown is None:
            self.add_class("-unread")
        self.refresh_bindings()

    async def _show(self, preview: Preview) -> None:
        before = self._shown
        if preview.form is None and before is not None and before.form is not None:
            # Half written: what was sound stays in sight beside what is wrong now.
            preview = before.model_copy(update={"problems": preview.problems})
        self._shown = preview
        self.set_class(preview.form is None, "-unread")
        problems = preview.problems
        more = [f"and {len(problems) - _MOST_PROBLEMS} more"] if len(problems) > _MOST_PROBLEMS else []
        self._tell([*(str(problem) for problem in problems[:_MOST_PROBLEMS]), *more])
        self.query_one("#preview-head", Static).update(self._head())
        if preview.form is not None and (before is None or before.form != preview.form):
            await self._show_entry(is_new_case=before is not None and _case(before) != _case(preview))
        self.refresh_bindings()

    async def _show_entry(self, *, is_new_case: bool = False) -> None:
        preview, entry = self._shown, self.entry
        if preview is None or preview.form is None or entry is None:
            return
        pane = self.query_one(ItemPane)
        tab = pane.case.shown if pane.case is not None else 0
        places = {one.id: one.scroll_y for one in _scrolled(pane)}
        with self.app.batch_update():
            if is_new_case:
                # A pane keeps each case as it was when it was first shown.
                await pane.remove()
                pane = ItemPane(self)
                await self.mount(pane, before=self.query_one(HintBar))
            response = self._fitting_response(entry)
            stimulus, figures = preview.form.stimulus_of(entry), preview.form.figures_of(entry.item.id)
            await pane.show_entry(entry, response, is_final=self._has_key, stimulus=stimulus, figures=figures)
            if pane.case is not None and tab:
                await pane.case.show_tab(tab)
            if self._has_key:
                spec = spec_of(entry.item)
                given = spec.response_model.model_validate(response or {})
                pane.show_feedback(report_preview(entry, response), spec.explain(entry.item, given))
            self.refresh_bindings()
        if not self._has_key:
            self.call_after_refresh(_scroll_to, pane, places)

    def _fitting_response(self, entry: FormEntry) -> dict[str, Any] | None:
        """Return the response that is held, unless the item has become one that it does not fit."""
        spec = spec_of(entry.item)
        try:
            given = spec.response_model.model_validate(self._response or {})
            spec.score(entry.item, given, None)
            spec.summarise(entry.item, given, entry.order)
        except (ValidationError, LookupError, ValueError):
            self._response = None
        return self._response

    def _head(self) -> Content:
        entry = self.entry
        if entry is None:
            return Content.assemble(("PREVIEW ", "bold $accent"), self._item_id)
        drawn = ", ".join(f"{name} = {value}" for name, value in entry.parameters.items())
        facts = [spec_of(entry.item).title.lower(), str(entry.item.difficulty), f"{entry.item.seconds} s"]
        facts += [f"seed {self._seed}", *([drawn] if drawn else []), *(["watching"] if self._watched else [])]
        return Content.assemble(("PREVIEW ", "bold $accent"), (entry.item.id, "bold"), f"  {' · '.join(facts)}")

    def _tell(self, lines: Sequence[str]) -> None:
        place = self.query_one("#preview-problems", Static)
        place.update(Content("\n").join([Content.assemble(("✗ ", "bold $error"), line) for line in lines]))
        place.set_class(bool(lines), "-shown")


def _case(preview: Preview) -> object:
    return (preview.form.stimuli, preview.form.figures) if preview.form is not None else None


def _scrolled(pane: ItemPane) -> list[Widget]:
    return [pane, *pane.query("#stem, #answer")]


def _scroll_to(pane: ItemPane, places: dict[str | None, float]) -> None:
    for one in _scrolled(pane):
        if one.is_attached:
            one.scroll_to(y=places.get(one.id, 0.0), animate=False, force=True, immediate=True)
