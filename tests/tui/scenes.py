"""Every screen in a state worth looking at, reached by real keys: for the snapshots and for the walks."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bank.bank_folder import CHOICE, write_bank
from builders import (
    a_form,
    a_multiple_response,
    a_numeric,
    a_stimulus,
    a_testlet,
    an_exercise,
    an_item,
    open_sitting,
    store_session,
)
from examengine.bank import catalogue
from examengine.bank.blueprint import Breaks
from examengine.core.errors import StoreError
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.grading.job import GradingJob
from examengine.session import commands as cmd
from examengine.tui.app import (
    ExamStartOpening,
    HistoryOpening,
    HomeOpening,
    Opening,
    PreviewOpening,
    ResultsOpening,
    SessionOpening,
)
from figures import ROC_STEM, corpus_figure
from itemtypes.examples import a_code_gap, a_gap_choice, a_matching, a_series, a_short_text, an_ordering
from reports.canonical_reports import half_right_evidence, unavailable_evidence
from tui.finished_sessions import EXAM_SESSION, store_drill, store_exam
from tui.rooms import Room, opened, sitting_of

SHORT_BANK = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short"
SMALL, LARGE = (80, 24), (120, 40)
Size = tuple[int, int]
Opener = Callable[[Services, Size], AbstractAsyncContextManager[Room]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A way to a screen."""

    name: str
    place: str
    """The screen's place in the table of actions."""
    open: Opener
    keys: tuple[str, ...] = ()
    """Pressed one after the other, each taken before the next."""
    shows: str = ""
    """What must be read there, whatever else is."""

    @asynccontextmanager
    async def room(self, services: Services, size: Size = SMALL) -> AsyncIterator[Room]:
        """Open the screen; no banks are installed but the short one, where a scene asks for it."""
        installed, catalogue.installed_folder = catalogue.installed_folder, lambda: None
        try:
            async with self._opened(services, size) as room:
                yield room
        finally:
            catalogue.installed_folder = installed

    @asynccontextmanager
    async def _opened(self, services: Services, size: Size) -> AsyncIterator[Room]:
        async with self.open(services, size) as room:
            for key in self.keys:
                await settled(room)
                await room.press(key)
            await settled(room)
            assert room.place == self.place, f"{self.name}: {room.place}\n{room.text()}"
            yield room


async def settled(room: Room) -> None:
    """Wait until nothing is being read any more; a run that is held back is not waited for."""
    if not room.services.grading.gate.is_set():
        await room.pilot.pause()
        return
    await room.rest()
    while "Reading the bank" in room.text():
        await room.rest()


PACKAGE = an_exercise()


def a_hall(**over) -> Form:
    """Return a form with every item type, a figure, a case and an exercise: item numbers as in the scenes below."""
    case = a_stimulus()
    questions = [
        an_item(),
        a_multiple_response(),
        a_numeric(),
        a_series(),
        an_ordering(),
        a_matching(),
        a_gap_choice(),
        a_code_gap(),
        a_short_text(),
        an_item(id="demo.alpha.roc", stem=ROC_STEM),
        *a_testlet(),
    ]
    items = [*questions, PACKAGE.item] if over.get("kind") == "drill" else {"a": questions, "b": [PACKAGE.item]}
    fields = {
        "stimuli": [case],
        "figures": (corpus_figure("roc.png"),),
        "breaks": Breaks(clock="stops", most=2, minutes=5, basis="assumed"),
        "section_over": {"calculator": True},
    }
    return a_form(items, **(fields | over))


def _hall(services: Services, size: Size) -> AbstractAsyncContextManager[Room]:
    return sitting_of(services, a_hall(), [PACKAGE], size)


def _code(services: Services, size: Size) -> AbstractAsyncContextManager[Room]:
    return sitting_of(services, a_form([PACKAGE.item, an_item()]), [PACKAGE], size)


def _two_figures(services: Services, size: Size) -> AbstractAsyncContextManager[Room]:
    stem = "![First](figures/roc.png) and ![Second](figures/roc.jpg)"
    figures = (corpus_figure("roc.png"), corpus_figure("roc.jpg"))
    return sitting_of(services, a_form([an_item(stem=stem)], figures=figures), size=size)


def _drill(services: Services, size: Size) -> AbstractAsyncContextManager[Room]:
    return sitting_of(services, a_hall(kind="drill", breaks=None), [PACKAGE], size)


def _opening(opening: Opening, before: Callable[[Services], object] = lambda _services: None) -> Opener:
    @asynccontextmanager
    async def open_it(services: Services, size: Size) -> AsyncIterator[Room]:
        services.bank_folders = (SHORT_BANK,)
        before(services)
        async with opened(services, opening, size) as room:
            yield room

    return open_it


def _some_sessions(services: Services) -> None:
    store_exam(services, {6: half_right_evidence(), 7: unavailable_evidence()})
    store_drill(services)
    session = store_session(services, a_hall(), [PACKAGE])
    open_sitting(services, session, enter=True).close()


def _graded(services: Services) -> None:
    store_exam(services, {6: half_right_evidence(), 7: unavailable_evidence()})


@asynccontextmanager
async def _broken_disk(services: Services, size: Size) -> AsyncIterator[Room]:
    async with _code(services, size) as room:
        working = services.store.append

        def refuse(*_: object) -> None:
            raise StoreError("the session cannot be written: disk full")

        await room.press("f8")
        services.store.append = refuse
        await room.press("b")
        services.store.append = working
        yield room


def _looking_at(make: Callable[[], Form]) -> Opener:
    @asynccontextmanager
    async def look(services: Services, size: Size) -> AsyncIterator[Room]:
        session = store_session(services, make(), [PACKAGE])
        sitting = open_sitting(services, session, enter=True)
        try:
            async with opened(services, SessionOpening(session), size) as room:
                room.session = session
                yield room
        finally:
            sitting.close()

    return look


@asynccontextmanager
async def _grading(services: Services, size: Size) -> AsyncIterator[Room]:
    from examengine.tui.screens.grading import GradingScreen

    store_exam(services)
    services.grading.answer = lambda _job: _not_now()
    async with opened(services, HomeOpening(), size) as room:
        await room.app.replace_screens(GradingScreen(EXAM_SESSION))
        await room.rest()
        yield room


@asynccontextmanager
async def _over_with_case(services: Services, size: Size) -> AsyncIterator[Room]:
    session = store_session(services, a_form(a_testlet(), stimuli=[a_stimulus()]))
    sitting = open_sitting(services, session, enter=True)
    sitting.perform(cmd.Respond(1, {"option": "c"}))
    sitting.perform(cmd.LeaveSection())
    sitting.close()
    async with opened(services, ResultsOpening(session), size) as room:
        room.session = session
        yield room


@asynccontextmanager
async def _over_with_figure(services: Services, size: Size) -> AsyncIterator[Room]:
    plot = {"id": "plot", "title": "Plot", "kind": "figure", "figure": "figures/roc.png", "alt": "ROC curves"}
    items = [an_item(stem=ROC_STEM, stimulus="demo.shop"), an_item(id="demo.alpha.second", stimulus="demo.shop")]
    form = a_form(items, stimuli=[a_stimulus(exhibits=[plot])], figures=(corpus_figure("roc.png"),))
    session = store_session(services, form)
    sitting = open_sitting(services, session, enter=True)
    sitting.perform(cmd.Respond(1, {"option": "c"}))
    sitting.perform(cmd.LeaveSection())
    sitting.close()
    async with opened(services, ResultsOpening(session), size) as room:
        room.session = session
        yield room


@asynccontextmanager
async def _running(services: Services, size: Size) -> AsyncIterator[Room]:
    """Open the code workspace; a run that is begun there goes on until the room is left."""
    gate = services.grading.gate
    async with _code(services, size) as room:
        gate.clear()
        try:
            await room.pilot.press("f5")
            await room.pilot.pause()
            yield room
        finally:
            gate.set()


@asynccontextmanager
async def _failing(services: Services, size: Size) -> AsyncIterator[Room]:
    """Open the code workspace; every test fails there."""
    services.grading.answer = failing
    async with _code(services, size) as room:
        yield room


def failing(job: GradingJob) -> Evidence:
    """Fail every test, as the starter does."""
    names = job.expected or tuple(f"{name}::test_two" for name in sorted(job.tests))
    message = "NotImplementedError"
    outcomes = tuple(TestOutcome(id=name, outcome=TestStatus.FAILED, message=message) for name in names)
    return Evidence(verdict=Verdict.FAILED, tests=outcomes, message="A test failed.", seconds=0.1)


SKY = """- id: demo.sky
  title: A sky
  sections: [{id: goal, title: Goal, text: Look up at noon and say what you see.}]
  exhibits: [{id: week, title: Week, data: data/week.csv}]
"""
PREVIEWED: dict[str, str | bytes | None] = {
    "stimuli/sky.yaml": SKY,
    "data/week.csv": "day,colour\n1,blue\n2,grey\n",
    "figures/roc.png": (Path(__file__).resolve().parents[1] / "corpora/figures/roc.png").read_bytes(),
    "items/alpha/choice.yaml": CHOICE.replace("  stem: Which", "  stimulus: demo.sky\n  stem: 'Which").replace(
        "summer?", "summer? ![Three curves](figures/roc.png)'"
    ),
}


def _preview(item_id: str) -> Opener:
    @asynccontextmanager
    async def open_it(services: Services, size: Size) -> AsyncIterator[Room]:
        folder = write_bank(services.home / "bank", PREVIEWED)
        async with opened(services, PreviewOpening(folder, item_id), size) as room:
            await settled(room)
            yield room

    return open_it


def _not_now() -> Evidence:
    return unavailable_evidence()


def item(number: int) -> tuple[str, ...]:
    """Return the keys from the section's page to an item of the hall."""
    return ("enter", "o", *str(number), "enter") if number > 1 else ("enter",)


SCENES = (
    Scene("home", "home", _opening(HomeOpening(), _some_sessions), shows="Short exam"),
    Scene("home-first-time", "home", _opening(HomeOpening()), shows="Short exam"),
    Scene("start", "start", _opening(ExamStartOpening("short.exam", 7)), shows="Begin"),
    Scene("section", "section", _hall, shows="Begin the section"),
    Scene("exam-choice", "exam", _hall, ("enter", "b", "m"), shows="(●) B"),
    Scene("exam-several", "exam", _hall, (*item(2), "a", "minus"), shows="Choose 2; 1 picked."),
    Scene("exam-number", "exam", _hall, (*item(3), "1", "slash", "4"), shows="Read as 0.25"),
    Scene("exam-series", "exam", _hall, (*item(4), "y", "down", "n"), shows="Claim number 2 holds."),
    Scene("exam-ordering", "exam", _hall, (*item(5), "c", "a"), shows="Split the rows"),
    Scene("exam-matching", "exam", _hall, (*item(6), "a"), shows="Predicted positives"),
    Scene("exam-gaps", "exam", _hall, (*item(7), "a"), shows="one of 1"),
    Scene("exam-code-gaps", "exam", _hall, (*item(8), "a"), shows=""),
    Scene("exam-short-text", "exam", _hall, (*item(9), "r", "e"), shows="re"),
    Scene("exam-figure", "exam", _hall, item(10), shows="figure"),
    Scene("exam-case", "exam", _hall, item(11), shows="A shop that forecasts its demand"),
    Scene("exam-case-table", "exam", _hall, (*item(11), "i", "3"), shows="campaign"),
    Scene("exam-code", "exam", _code, shows="def double(x):"),
    Scene("exam-code-run", "exam", _code, ("f5",), shows="Sample tests:"),
    Scene("exam-code-cell", "exam", _code, ("alt+s",), shows=""),
    Scene("exam-code-failed", "exam", _failing, ("f5",), shows="test_two"),
    Scene("exam-code-find", "exam", _code, ("ctrl+f", "d", "o", "u"), shows=""),
    Scene("look", "look", _looking_at(a_hall), shows="Take over"),
    Scene("note", "note", _hall, ("enter", "w"), shows="ote"),
    Scene("calculator", "calculator", _hall, ("enter", "equals_sign", "2", "asterisk", "3", "enter"), shows="6"),
    Scene("find", "find", _hall, ("enter", "slash", "B", "l", "u", "e"), shows="Blue"),
    Scene("diff", "diff", _code, ("down", "end", "a", "escape", "d"), shows="+"),
    Scene("folder", "folder", _code, ("escape", "c"), shows=""),
    Scene("figure", "figure", _hall, (*item(10), "plus"), shows="ROC"),
    Scene("break", "break", _hall, ("enter", "b", "l", "y"), shows="Come back"),
    Scene("navigator", "navigator", _hall, ("enter", "b", "m", "n", "o"), shows="Next gap"),
    Scene("review", "review", _hall, ("enter", "b", "m", "r"), shows="1 of 13 answered"),
    Scene("confirm", "confirm", _hall, ("enter", "b", "r", "f9"), shows="Go back"),
    Scene("drill-choice", "drill_choice", _opening(HomeOpening()), ("d",), shows="Start"),
    Scene("drill-feedback", "exam", _drill, ("b", "k"), shows="Why Blue."),
    Scene("drill-wrong", "exam", _drill, ("n", "a", "b", "k"), shows="Why 4."),
    Scene("preview", "preview", _preview("demo.alpha.sky"), shows="PREVIEW demo.alpha.sky"),
    Scene("preview-key", "preview", _preview("demo.alpha.primes"), ("a", "k"), shows="One and itself."),
    Scene("help", "help", _hall, ("enter", "question_mark"), shows="Keys"),
    Scene("disk", "disk", _broken_disk, shows="not saved"),
    Scene("grading", "grading", _grading, shows="Grade again"),
    Scene("results", "results", _opening(ResultsOpening(EXAM_SESSION), _graded), shows="Drill domain"),
    Scene("way", "way", _opening(ResultsOpening(EXAM_SESSION), _graded), ("w",), shows="changed"),
    Scene("defect", "defect", _opening(ResultsOpening(EXAM_SESSION), _graded), ("r", "e"), shows="defect"),
    Scene("results-items", "results", _opening(ResultsOpening(EXAM_SESSION), _graded), ("o",), shows="Review item"),
    Scene("item-review", "item_review", _opening(ResultsOpening(EXAM_SESSION), _graded), ("r",), shows="Your response"),
    Scene(
        "item-review-code", "item_review", _opening(ResultsOpening(EXAM_SESSION), _graded),
        ("o", "end", "up", "enter"), shows="Double it",
    ),
    Scene("item-review-case", "case", _over_with_case, ("r", "i"), shows="bicycles"),
    Scene("history", "history", _opening(HistoryOpening(), _some_sessions), shows="Demo exam"),
    Scene("save-report", "save_report", _opening(ResultsOpening(EXAM_SESSION), _graded), ("s",), shows="Folder"),
)  # fmt: skip
"""Every screen: one row each, more where one picture does not tell all."""

STATES = (
    *SCENES,
    Scene("exam-code-running", "exam", _running, shows=""),
    Scene("exam-code-cell-run", "exam", _code, ("alt+s", "1"), shows=""),
    Scene("figure-enlarged", "figure", _hall, (*item(10), "plus", "plus", "plus"), shows="ROC"),
    Scene("figure-enlarged-to-move", "figure", _hall, (*item(10), "plus", "plus", "plus"), shows="ROC"),
    Scene("figures", "figure", _two_figures, ("plus",), shows="First"),
    Scene("folder-watched", "folder", _code, ("escape", "c", "enter", "alt+o"), shows=""),
    Scene("drill-code", "exam", _drill, ("o", "1", "4", "enter"), shows="def double(x):"),
    Scene("look-case", "look", _looking_at(a_hall), ("o", "1", "1", "enter"), shows="A shop that forecasts its demand"),
    Scene("look-code", "look", _looking_at(lambda: a_form([PACKAGE.item, an_item()])), shows="def double(x):"),
    Scene("look-figure", "look", _looking_at(a_hall), ("o", "1", "0", "enter"), shows="ROC"),
    Scene("preview-code", "preview", _preview("demo.ex.double"), shows="def double(x):"),
    Scene("item-review-figure", "item_review", _over_with_figure, ("r",), shows="ROC"),
    Scene("item-review-case-figure", "case", _over_with_figure, ("r", "i", "3"), shows="ROC"),
    Scene("item-review-of-a-case", "item_review", _over_with_case, ("r",), shows="Your response"),
)
"""The scenes, and states in which something can be done that cannot be done in any scene."""
