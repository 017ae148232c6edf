"""What can be done with the figures of an item: look at them enlarged."""

from collections.abc import Sequence

from textual import on

from examengine.tui.widgets.action_screen import ActionScreen, ResultT
from examengine.tui.widgets.figure import FigureView, ShownFigure


class FigureActions(ActionScreen[ResultT]):
    """The actions of a screen that shows items with figures."""

    def figures_here(self) -> Sequence[ShownFigure]:
        """Return the figures of the item on the screen."""
        raise NotImplementedError

    def action_figure(self) -> None:
        """Show the first figure on the whole screen."""
        self._enlarge(0)

    @on(FigureView.Chosen)
    def _figure_chosen(self, event: FigureView.Chosen) -> None:
        event.stop()
        names = [shown.name for shown in self.figures_here()]
        if event.name in names:
            self._enlarge(names.index(event.name))

    def _enlarge(self, number: int) -> None:
        from examengine.tui.screens.figure import FigureScreen

        figures = self.figures_here()
        if figures:
            self.app.push_screen(FigureScreen(figures, number))
