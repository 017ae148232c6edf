"""What to practise: certification, domain, objective, type, difficulty, what happened before, number, time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from examengine.core.errors import ExamEngineError
from examengine.delivery.open_pool import open_pool
from examengine.delivery.services import Services
from examengine.delivery.start_session import start_drill, with_history
from examengine.forms.drill import DrillChoice, Only, count_words, fitting, why_none_fits
from examengine.forms.practice_pool import PracticePool
from examengine.itemtypes.item import Difficulty
from examengine.itemtypes.registry import ITEM_TYPES
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.choice_rows import ChoiceRow, ChoiceRows
from examengine.tui.widgets.hint_bar import HintBar

_COUNTS = (1, 5, 10, 20, 40)
_USUAL_COUNT = 2
_MINUTES = (5, 10, 20, 30, 60)
_ONLY = (
    ("", "any"),
    ("missed", "only missed"),
    ("new", "only never seen"),
    ("flagged", "only flagged"),
    ("missed flagged", "missed or flagged"),
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a bank's exams draw on, and the choice of all of it by somebody with a history."""

    pool: PracticePool
    choice: DrillChoice


class DrillChoiceScreen(ActionScreen[None]):
    """Reads the banks and offers what is in them; starting assembles the drill beside the screen."""

    PLACE = "drill_choice"

    def __init__(self, banks: Sequence[str], domain: str = "") -> None:
        """Offer some banks.

        Args:
            banks: by name.
            domain: the one that is chosen at first, as `<bank>:<domain>`.
        """
        super().__init__()
        self._names = list(banks)
        self._found: dict[str, _Found] = {}
        self._domain = domain
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        with Vertical(id="page"):
            yield Static(Content.styled("Drill: feedback after each item", "bold $primary"))
            yield Static("", id="note", markup=False)
            yield ChoiceRows()
            yield Static("", id="fits", markup=False)
            yield Static("", id="trouble", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Read the banks beside the screen."""
        services, names = self.exam_app.services, self._names
        if not names:
            self.query_one("#trouble", Static).update(Content("There is no bank to practise with."))
            return
        self.query_one("#note", Static).update(Content("Reading the bank …"))
        self.query_one(ChoiceRows).focus()
        self.exam_app.background.run(self, lambda: _read(services, names), self._show, self._fail)

    def can(self, name: str) -> bool:
        """Begin only once, and only what can be chosen."""
        if name == "begin":
            return bool(self.query_one(ChoiceRows).rows) and not self._is_busy and self.fitting() > 0
        return True

    def action_begin(self) -> None:
        """Assemble and start the drill."""
        found, choice = self._chosen(), self._choice()
        services = self.exam_app.services
        self._is_busy = True
        self.query_one("#trouble", Static).update(Content("Assembling …"))
        self.refresh_bindings()
        self.exam_app.background.run(
            self,
            lambda: start_drill(services, found.pool.id, choice),
            lambda session: self.app.call_next(self.exam_app.open_session, session),
            self._fail,
        )

    def action_back(self) -> None:
        """Go home."""
        self.app.pop_screen()

    def fitting(self) -> int:
        """Return how many items fit the choice as it stands."""
        return len(fitting(self._chosen().pool, self._choice())) if self._found else 0

    @on(ChoiceRows.Changed)
    def _changed(self, event: ChoiceRows.Changed) -> None:
        if event.row == "bank":
            self.query_one(ChoiceRows).set_values("domain", _domains(self._chosen().pool))
        if event.row in ("bank", "domain"):
            self._fill_objectives()
        self.query_one("#trouble", Static).update("")
        self._count()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the note where every line is wanted for the rows."""
        self.query_one("#note").display = event.size.height >= 16

    def _chosen(self) -> _Found:
        if len(self._found) == 1:
            return next(iter(self._found.values()))
        return self._found[self.query_one(ChoiceRows).value("bank")]

    def _choice(self) -> DrillChoice:
        rows = self.query_one(ChoiceRows)

        def some(name: str) -> tuple[str, ...]:
            value = rows.value(name)
            return (value,) if value else ()

        count, minutes = rows.value("count"), rows.value("minutes")
        return self._chosen().choice.model_copy(
            update={
                "domains": some("domain"),
                "objectives": some("objective"),
                "types": some("type"),
                "difficulties": some("difficulty"),
                "only": cast("tuple[Only, ...]", tuple(rows.value("only").split())),
                "count": int(count) if count else None,
                "minutes": float(minutes) if minutes else None,
            }
        )

    def _show(self, found: list[_Found]) -> None:
        self._found = {one.pool.id: one for one in found}
        names = list(self._found)
        bank, _, domain = self._domain.partition(":")
        at = names.index(bank) if bank in names else 0
        pool = found[at].pool
        domains = _domains(pool)
        known = [name for name, _title in domains]
        titles = [(one.pool.id, one.pool.title) for one in found]
        types = [("", "all but coding"), *((name, spec.title) for name, spec in ITEM_TYPES.items())]
        rows = [
            *([ChoiceRow("bank", "Bank", titles, at)] if len(found) > 1 else []),
            ChoiceRow("domain", "Domain", domains, known.index(domain) if domain in known else 0),
            ChoiceRow("objective", "Objective", [("", "all")]),
            ChoiceRow("type", "Type", types),
            ChoiceRow("difficulty", "Difficulty", [("", "any"), *((one.value, one.value) for one in Difficulty)]),
            ChoiceRow("only", "Met before", _ONLY),
            ChoiceRow(
                "count",
                "Items",
                [*((str(count), str(count)) for count in _COUNTS), ("", "all that fit")],
                _USUAL_COUNT,
            ),
            ChoiceRow(
                "minutes", "Clock", [("", "none"), *((str(one), f"{one} minutes, then it ends") for one in _MINUTES)]
            ),
        ]
        self.query_one("#note", Static).update(Content("↑ ↓ mark a line, ← → change it, Enter starts."))
        self.query_one(ChoiceRows).set_rows(rows)
        self._fill_objectives()
        self.query_one(ChoiceRows).focus()
        self._count()

    def _fill_objectives(self) -> None:
        """Offer the objectives of the chosen domain alone; of all domains there would be too many."""
        rows = self.query_one(ChoiceRows)
        chosen = rows.value("domain")
        objectives = self._chosen().pool.objectives_of(chosen) if chosen else ()
        rows.set_values("objective", [("", "all"), *((one.name, one.title) for one in objectives)])

    def _count(self) -> None:
        """Say how many items fit, before anything is started."""
        choice = self._choice()
        count = self.fitting()
        text = Content.assemble(("✓ ", "bold $mark-right"), f"{count_words(count)}.")
        if not count:
            why = why_none_fits(self._chosen().pool, choice)
            text = Content.assemble(("✗ ", "bold $error"), f"{why[:1].upper()}{why[1:]}.")
        elif choice.count is not None and count < choice.count:
            text = Content.assemble(
                ("! ", "bold $warning"),
                f"{count_words(count)}, {choice.count} are wanted: ask for fewer, or for all that fit.",
            )
        self.query_one("#fits", Static).update(text)
        self.refresh_bindings()

    def _fail(self, error: ExamEngineError) -> None:
        self._is_busy = False
        self.query_one("#trouble", Static).update(Content.assemble(("✗ ", "bold $error"), str(error)))
        self.refresh_bindings()


def _domains(pool: PracticePool) -> list[tuple[str, str]]:
    """Return the domains that have items, all of them together first."""
    return [("", "all domains"), *((name, pool.titles[name]) for name in pool.filled_domains)]


def _read(services: Services, names: Sequence[str]) -> list[_Found]:
    pools = [open_pool(services, name) for name in names]
    return [_Found(pool, with_history(services, pool, DrillChoice())) for pool in pools]
