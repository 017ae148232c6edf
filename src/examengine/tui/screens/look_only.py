"""A session that another window holds: look at every item, change nothing."""

from typing import cast

from examengine.core.errors import StoreError
from examengine.delivery.looking import Looking
from examengine.tui.actions import Action
from examengine.tui.screens.exam import ExamScreen

_REFRESH_SECONDS = 2.0


class LookOnlyScreen(ExamScreen):
    """The exam room without hands; follows what the other window writes."""

    PLACE = "look"

    def __init__(self, looking: Looking) -> None:
        super().__init__(looking)
        self._looking = looking

    async def on_mount(self) -> None:
        """Say where the session is, and follow it."""
        self.exam_app.notice("This session is open in another window; here you can only look.", is_warning=True)
        self.set_interval(_REFRESH_SECONDS, self.follow)

    def place(self) -> tuple[str, str]:
        """Say in the header that this is a look."""
        title, place = super().place()
        return title, f"LOOK ONLY  {place}"

    def label(self, action: Action) -> str:
        """Keep the labels of the table, but for the case."""
        return self.case_label() if action.name == "case" else action.label

    async def follow(self) -> None:
        """Show what the other window has written meanwhile."""
        before = self._looking.state
        try:
            self._looking.refresh()
        except StoreError as error:
            self.exam_app.report(error)
            return
        state, number = self._looking.state, self.entry.number
        if state.responses.get(number) != before.responses.get(number) or state.flagged != before.flagged:
            await self.show_current()

    def action_leave(self) -> None:
        """Stop looking."""
        self.app.call_next(self.exam_app.go_home)

    def action_take_over(self) -> None:
        """Open the session here, if the other window has left it."""
        self.app.call_next(self.exam_app.open_session, cast("Looking", self._sitting).row.id)
