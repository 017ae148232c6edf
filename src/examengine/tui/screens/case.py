"""A case by itself, over the screen that speaks of an item on it."""

from textual.app import ComposeResult
from textual.containers import Vertical

from examengine.bank.stimulus import Stimulus
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.stimulus_pane import StimulusPane


class CaseScreen(ActionModal[None]):
    """Shows the tabs of a case until it is closed."""

    PLACE = "case"
    DEFAULT_CSS = """
    CaseScreen .dialog { height: 90%; max-width: 110; }
    CaseScreen StimulusPane { display: block; height: 1fr; }
    """

    def __init__(self, stimulus: Stimulus) -> None:
        super().__init__()
        self._stimulus = stimulus

    def compose(self) -> ComposeResult:
        """Lay out the case."""
        with Vertical(classes="dialog dialog-large"):
            yield StimulusPane(self._stimulus)
        yield HintBar()

    def on_mount(self) -> None:
        """Give the keys to the first tab."""
        self.set_focus(self._case.focus_target())

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
