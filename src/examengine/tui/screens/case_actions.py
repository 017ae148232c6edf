"""What can be done with the case of an item: look at it, and turn its tabs."""

from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.item_pane import ItemPane

CASE = frozenset({"case", "next_tab", "previous_tab"})


class CaseActions(ActionScreen[None]):
    """The actions of a screen that shows an item with its case."""

    def can_look_at_case(self, name: str) -> bool:
        """Return whether there is a case, and for its tabs whether it is shown."""
        pane = self.query_one(ItemPane)
        return pane.case is not None and (name == "case" or pane.is_case_shown)

    def case_label(self) -> str:
        """Return what the key leads to."""
        return "Question" if self.query_one(ItemPane).has_class("-on-case") else "Case"

    def action_case(self) -> None:
        """Go to the case, or back to the question."""
        self.query_one(ItemPane).switch_case()
        self.refresh_bindings()

    async def action_next_tab(self) -> None:
        """Turn to the next tab of the case."""
        await self._turn(1)

    async def action_previous_tab(self) -> None:
        """Turn to the tab before."""
        await self._turn(-1)

    async def _turn(self, by: int) -> None:
        case = self.query_one(ItemPane).case
        if case is not None:
            await case.show_tab(case.shown + by)
