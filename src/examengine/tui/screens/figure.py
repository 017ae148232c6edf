"""A figure on the whole screen: enlarged, moved about, and told in words."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from examengine.tui.actions import Action
from examengine.tui.picture import Box
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.figure import FigureView, ShownFigure
from examengine.tui.widgets.hint_bar import HintBar

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Enlargements of the whole picture fitted to the screen."""
_STEP = 0.25
"""Share of what is seen that an arrow moves by."""


class FigureScreen(ActionScreen[None]):
    """Shows one of an item's figures at a time."""

    PLACE = "figure"
    DEFAULT_CSS = """
    FigureScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    FigureScreen #canvas { height: 1fr; width: 100%; align: center middle; }
    FigureScreen FigureView { width: 100%; height: 100%; }
    FigureScreen #words { dock: bottom; height: auto; max-height: 4; width: 100%; padding: 0 1; margin-bottom: 1; }
    FigureScreen #words Static { height: auto; }
    """

    def __init__(self, figures: Sequence[ShownFigure], number: int = 0) -> None:
        super().__init__()
        self._figures = list(figures)
        self._number = number
        self._zoom = 0
        self._centre = (0.5, 0.5)

    def compose(self) -> ComposeResult:
        """Lay out title, picture, words and footer."""
        yield Static("", classes="title-line", markup=False)
        yield self._new_view()
        with VerticalScroll(id="words", can_focus=False):
            yield Static("", id="words-text", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Show the figure asked for."""
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """Show the same part on another screen."""
        del event
        self.call_after_refresh(self._redraw)

    @property
    def view(self) -> FigureView:
        """Return the picture's widget."""
        return self.query_one(FigureView)

    @property
    def zoom(self) -> float:
        """Return the enlargement of the fitted size."""
        return ZOOMS[self._zoom]

    def can(self, name: str) -> bool:
        """Enlarge only what is a picture, and move only what does not fit."""
        has_picture = self.is_mounted and self.view.picture is not None
        match name:
            case "zoom_in":
                return has_picture and self._zoom + 1 < len(ZOOMS)
            case "zoom_out" | "fit":
                return has_picture and self._zoom > 0
            case "pan_left" | "pan_right":
                return has_picture and self.view.visible_share(self.zoom)[0] < 1
            case "pan_up" | "pan_down":
                return has_picture and self.view.visible_share(self.zoom)[1] < 1
            case "next_figure" | "previous_figure":
                return len(self._figures) > 1
        return True

    def label(self, action: Action) -> str:
        """Return the table's own labels."""
        return action.label

    def action_zoom_in(self) -> None:
        """Enlarge."""
        self._zoom_by(1)

    def action_zoom_out(self) -> None:
        """Show more."""
        self._zoom_by(-1)

    def action_fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._centre = 0, (0.5, 0.5)
        self._redraw()

    def action_pan_left(self) -> None:
        """Move."""
        self._pan(-_STEP, 0)

    def action_pan_right(self) -> None:
        """Move."""
        self._pan(_STEP, 0)

    def action_pan_up(self) -> None:
        """Move."""
        self._pan(0, -_STEP)

    def action_pan_down(self) -> None:
        """Move."""
        self._pan(0, _STEP)

    async def action_next_figure(self) -> None:
        """Show the next figure of the item."""
        await self._turn(1)

    async def action_previous_figure(self) -> None:
        """Show the figure before."""
        await self._turn(-1)

    def action_back(self) -> None:
        """Go back to the item."""
        self.dismiss(None)

    @on(FigureView.Chosen)
    def _clicked(self, event: FigureView.Chosen) -> None:
        event.stop()
        if self.can("zoom_in"):
            box = self.view.box
            x = box.left + event.x * (box.right - box.left)
            y = box.top + event.y * (box.bottom - box.top)
            self._centre = (x, y)
            self._zoom_by(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Enlarge."""
        event.stop()
        self._zoom_by(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show more."""
        event.stop()
        self._zoom_by(-1)

    def _new_view(self) -> FigureView:
        return FigureView.for_app(self._figures[self._number], self.app, fills=True)

    async def _turn(self, by: int) -> None:
        self._number = (self._number + by) % len(self._figures)
        self._zoom, self._centre = 0, (0.5, 0.5)
        await self.view.remove()
        await self.mount(self._new_view(), after=self.query_one(".title-line"))
        self._tell()

    def _zoom_by(self, steps: int) -> None:
        if self.view.picture is not None:
            self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + steps))
            self._redraw()

    def _pan(self, x: float, y: float) -> None:
        across, down = self.view.visible_share(self.zoom)
        self._centre = (self._centre[0] + x * across, self._centre[1] + y * down)
        self._redraw()

    def _redraw(self) -> None:
        if not self.is_mounted:
            return
        across, down = self.view.visible_share(self.zoom)
        x = min(1 - across / 2, max(across / 2, self._centre[0]))
        y = min(1 - down / 2, max(down / 2, self._centre[1]))
        self._centre = (x, y)
        self.view.show_part(Box(x - across / 2, y - down / 2, x + across / 2, y + down / 2))
        self._tell()

    def _tell(self) -> None:
        shown = self._figures[self._number]
        count = f"Figure {self._number + 1} of {len(self._figures)}" if len(self._figures) > 1 else "Figure"
        title = Content.assemble((count, "bold"), (f"  {self.zoom:g} times", "$quiet") if self._zoom else "")
        self.query_one(".title-line", Static).update(title)
        self.query_one("#words-text", Static).update(Content(shown.words or f"(no words for {shown.name})"))
        # Where there is no picture, its place tells the words already.
        self.query_one("#words").display = self.view.picture is not None
        self.refresh_bindings()
