"""What to practise: bank, domain, type, difficulty, number, time."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from examengine.bank.bank import Bank
from examengine.core.errors import ExamEngineError
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.start_session import start_drill
from examengine.forms.drill import DrillChoice
from examengine.itemtypes.item import Difficulty
from examengine.itemtypes.registry import ITEM_TYPES
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.choice_rows import ChoiceRow, ChoiceRows
from examengine.tui.widgets.hint_bar import HintBar

_COUNTS = (5, 10, 20, 40)
_MINUTES = (10, 20, 30, 60)


class DrillChoiceScreen(ActionScreen[None]):
    """Reads the first bank and offers its domains; starting assembles the drill beside the screen."""

    PLACE = "drill_choice"

    def __init__(self, banks: Sequence[str]) -> None:
        super().__init__()
        self._banks = list(banks)
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        with Vertical(id="page"):
            yield Static(Content.styled("Drill: feedback after each item, no score that counts", "bold $primary"))
            yield Static("", id="note", markup=False)
            yield ChoiceRows()
            yield Static("", id="trouble", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Read the bank beside the screen."""
        services = self.exam_app.services
        names = self._banks
        if not names:
            self.query_one("#trouble", Static).update(Content("There is no bank to practise with."))
            return
        self.query_one("#note", Static).update(Content("Reading the bank …"))
        self.query_one(ChoiceRows).focus()
        self.exam_app.background.run(
            self, lambda: [open_named_bank(services, name) for name in names], self._show, self._fail
        )

    def can(self, name: str) -> bool:
        """Begin only once, and only what can be chosen."""
        return name != "begin" or (bool(self.query_one(ChoiceRows).rows) and not self._is_busy)

    def action_begin(self) -> None:
        """Assemble and start the drill."""
        rows = self.query_one(ChoiceRows)
        bank, _, domain = rows.value("domain").partition(":")
        difficulty, item_type, minutes = rows.value("difficulty"), rows.value("type"), rows.value("minutes")
        choice = DrillChoice(
            domains=(domain,) if domain else (),
            types=(item_type,) if item_type else (),
            difficulties=(difficulty,) if difficulty else (),
            count=int(rows.value("count")),
            minutes=float(minutes) if minutes else None,
        )
        services = self.exam_app.services
        self._is_busy = True
        self.query_one("#trouble", Static).update(Content("Assembling …"))
        self.refresh_bindings()
        self.exam_app.background.run(
            self,
            lambda: start_drill(services, bank, choice),
            lambda session: self.app.call_next(self.exam_app.open_session, session),
            self._fail,
        )

    def action_back(self) -> None:
        """Go home."""
        self.app.pop_screen()

    def _show(self, banks: list[Bank]) -> None:
        domains: list[tuple[str, str]] = []
        for bank in banks:
            prefix = f"{bank.manifest.title}: " if len(banks) > 1 else ""
            domains.append((f"{bank.id}:", f"{prefix}all domains"))
            domains += [(f"{bank.id}:{domain.id}", prefix + domain.title) for domain in bank.manifest.domains]
        types = [("", "all but coding"), *((name, spec.title) for name, spec in ITEM_TYPES.items())]
        rows = [
            ChoiceRow("domain", "Domain", domains),
            ChoiceRow("type", "Type", types),
            ChoiceRow("difficulty", "Difficulty", [("", "any"), *((one.value, one.value) for one in Difficulty)]),
            ChoiceRow("count", "Items", [(str(count), str(count)) for count in (1, *_COUNTS)], 2),
            ChoiceRow("minutes", "Clock", [("", "none"), *((str(one), f"{one} minutes") for one in _MINUTES)]),
        ]
        self.query_one("#note", Static).update(Content("↑ ↓ mark a line, ← → change it, Enter starts."))
        self.query_one(ChoiceRows).set_rows(rows)
        self.query_one(ChoiceRows).focus()
        self.refresh_bindings()

    def _fail(self, error: ExamEngineError) -> None:
        self._is_busy = False
        self.query_one("#trouble", Static).update(Content.assemble(("✗ ", "bold $error"), str(error)))
        self.refresh_bindings()
