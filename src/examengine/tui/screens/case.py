"""A case by itself, over the screen that speaks of an item on it."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from examengine.bank.figure import Figure
from examengine.bank.stimulus import Stimulus
from examengine.forms.figures import figures_in_case
from examengine.tui.screens.figure_actions import FigureActions
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.figure import ShownFigure, shown_figures
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.stimulus_pane import StimulusPane


class CaseScreen(FigureActions[None], ActionModal[None]):
    """Shows the tabs of a case until it is closed."""

    PLACE = "case"
    DEFAULT_CSS = """
    CaseScreen .dialog { height: 90%; max-width: 110; }
    CaseScreen StimulusPane { display: block; height: 1fr; }
    """

    def __init__(self, stimulus: Stimulus, figures: Mapping[str, Figure] | None = None) -> None:
        super().__init__()
        self._stimulus = stimulus
        self._figures = figures or {}

    def compose(self) -> ComposeResult:
        """Lay out the case."""
        with Vertical(classes="dialog dialog-large"):
            yield StimulusPane(self._stimulus, self._figures)
        yield HintBar()

    def on_mount(self) -> None:
        """Give the keys to the first tab."""
        self.set_focus(self._case.focus_target())

    def can(self, name: str) -> bool:
        """Offer the figures where there are some."""
        return name != "figure" or bool(self.figures_here())

    def figures_here(self) -> Sequence[ShownFigure]:
        """Return the figures of the case."""
        return shown_figures(figures_in_case(self._stimulus), self._figures)

    async def action_next_tab(self) -> None:
        """Turn to the next tab."""
        await self._case.show_tab(self._case.shown + 1)

    async def action_previous_tab(self) -> None:
        """Turn to the tab before."""
        await self._case.show_tab(self._case.shown - 1)

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    @property
    def _case(self) -> StimulusPane:
        return self.query_one(StimulusPane)
