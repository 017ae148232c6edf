# ruff: noqa: INP001 - a script beside the documents, no package
"""Makes the pictures of the screens that the README shows: SVGs in docs/screenshots.

    make screenshots

A scripted candidate sits the CMLA mock under a clock that stands still unless it is wound on, so that the pictures
change only when the screens or the bank do. The code is really graded.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from examengine.bank.bank import Exercise
from examengine.core.clock import Reading
from examengine.core.keyed_order import keyed_number
from examengine.delivery.grade_session import grade_session
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.play_demo import WoundClock
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.delivery.start_session import start_drill, start_exam
from examengine.forms.drill import DrillChoice
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.model import SOLUTION, Coding
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from examengine.tui.app import ExamApp, Opening, ResultsOpening, SessionOpening
from examengine.tui.theme import CONTRAST, DARK, LIGHT

FOLDER = Path(__file__).with_name("screenshots")
EXAM = "cmla.mock"
SEED = 7
MORNING = Reading(monotonic=1000.0, wall=1_795_248_000.0, boot="pictures")
_STEP_SECONDS = 4.0
_RIGHT_OF_TEN = 8


class StandingClock:
    """Gives the same time whenever it is read."""

    def read(self) -> Reading:
        """Return the morning of the pictures."""
        return MORNING


class NumberedIds:
    """Gives ids in order."""

    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        """Return the next id."""
        self._count += 1
        return f"6b0168c0{self._count:08x}"


@dataclass(frozen=True, slots=True)
class Sessions:
    """Ids of the sessions that the pictures show."""

    items: str
    """Open, among its items."""
    code: str
    """Open, at its first exercise."""
    over: str
    drill: str
    """Open, at its first item with options."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One file: which session is opened, in which size, after which keys."""

    name: str
    opening: Callable[[Sessions], Opening]
    size: tuple[int, int]
    keys: Sequence[str]
    shows: str
    """A text that must be on the picture."""
    theme: str = DARK


PICTURES = (
    Picture("exam", lambda those: SessionOpening(those.items), (100, 30), (), "exam 2:"),
    Picture("exam-80x24", lambda those: SessionOpening(those.items), (80, 24), (), "exam 2:"),
    Picture("exam-light", lambda those: SessionOpening(those.items), (100, 30), (), "exam 2:", LIGHT),
    Picture("high-contrast", lambda those: SessionOpening(those.items), (100, 30), (), "exam 2:", CONTRAST),
    Picture("case", lambda those: SessionOpening(those.items), (120, 36), ("f2", "1", "enter"), "Case:"),
    Picture("navigator", lambda those: SessionOpening(those.items), (100, 30), ("f2",), "unseen"),
    Picture("review", lambda those: SessionOpening(those.items), (100, 30), ("f9",), "answered"),
    Picture("code", lambda those: SessionOpening(those.code), (120, 36), ("f5",), "Sample tests:"),
    Picture("drill", lambda those: SessionOpening(those.drill), (100, 30), ("b", "k"), "your pick"),
    Picture("results", lambda those: ResultsOpening(those.over), (120, 36), (), "on a scale of 0 to 1000"),
    Picture("results-80x24", lambda those: ResultsOpening(those.over), (80, 24), (), "on a scale of 0 to 1000"),
    Picture("item-review", lambda those: ResultsOpening(those.over), (100, 30), ("r",), "[key"),
    Picture(
        "item-review-code", lambda those: ResultsOpening(those.over), (120, 36), ("o", "end", "up", "enter"),
        "as submitted",
    ),
)  # fmt: skip
"""Every picture: one row each."""


def main() -> int:
    """Play both sessions and take the pictures."""
    with tempfile.TemporaryDirectory(prefix="examengine-pictures-") as home:
        clock = WoundClock(StandingClock())
        services = Services(home=Path(home), clock=clock, ids=NumberedIds())
        try:
            those = Sessions(
                items=_sit_a_while(services, clock),
                code=_sit_into_code(services, clock),
                over=_sit_to_the_end(services, clock),
                drill=_sit_into_drill(services),
            )
            grade_session(services, those.over)
            FOLDER.mkdir(exist_ok=True)
            for picture in PICTURES:
                path = FOLDER / f"{picture.name}.svg"
                svg = asyncio.run(_taken(services, picture, picture.opening(those)))
                path.write_text(svg, encoding="utf-8")
                sys.stdout.write(f"{path}\n")
        finally:
            services.close()
    return 0


async def _taken(services: Services, picture: Picture, opening: Opening) -> str:
    app = ExamApp(services, opening=opening)
    app.theme = picture.theme
    async with app.run_test(size=picture.size) as pilot:
        await _settled(pilot, app)
        for key in picture.keys:
            await pilot.press(key)
            await _settled(pilot, app)
        svg = app.export_screenshot(title="examengine")
        app.close_sitting()
    plain = re.sub(r"<[^>]*>", "", svg).replace("&#160;", " ")
    if picture.shows not in plain:
        raise SystemExit(f"{picture.name}: {picture.shows!r} is not on the picture")
    return _without_fonts(svg)


async def _settled(pilot: Pilot[None], app: ExamApp) -> None:
    await pilot.pause()
    await app.background.idle.wait()
    await pilot.pause()
    await pilot.pause()


def _without_fonts(svg: str) -> str:
    """Leave the fonts to the reader's machine: a picture fetches nothing. Blanks count: they hold the columns."""
    bare = re.sub(r"@font-face\s*{[^}]*}\s*", "", svg)
    return bare.replace("<svg ", '<svg xml:space="preserve" ', 1)


def _sit_to_the_end(services: Services, clock: WoundClock) -> str:
    session = start_exam(services, EXAM, SEED)
    exercises = _exercises(services)
    with _opened(services, session) as sitting:
        for section in sitting.form.sections:
            sitting.perform(cmd.OpenSection(section.id))
            for place, entry in enumerate(sitting.form.entries_of(section.id)):
                sitting.perform(cmd.Show(entry.number))
                if isinstance(entry.item, Coding):
                    exercise = exercises[entry.item.id]
                    wrong = [exercise.wrong_files[one.file] for one in exercise.wrong if one.most]
                    texts = [exercise.reference, wrong[0], wrong[-1], entry.item.starter[SOLUTION].encode()]
                    _write(sitting, entry, texts[place % len(texts)].decode())
                    _spend(sitting, clock, entry.item.seconds * 0.8)
                else:
                    _answer(sitting, entry)
                    _spend(sitting, clock, _pace(entry))
            sitting.perform(cmd.LeaveSection())
    return session


def _sit_a_while(services: Services, clock: WoundClock) -> str:
    session = start_exam(services, EXAM, SEED + 1)
    with _opened(services, session) as sitting:
        sitting.perform(cmd.OpenSection())
        entries = sitting.form.entries_of(sitting.form.sections[0].id)
        for entry in entries[:12]:
            sitting.perform(cmd.Show(entry.number))
            _spend(sitting, clock, _pace(entry))
            if entry.number % 5:
                _answer(sitting, entry)
            if entry.number in (3, 8, 9):
                sitting.perform(cmd.Flag(entry.number, flagged=True))
        choices = [entry for entry in entries[:12] if entry.item.type == "multiple_choice"]
        sitting.perform(cmd.Show(choices[-1].number))
        _answer(sitting, choices[-1])
    return session


def _sit_into_code(services: Services, clock: WoundClock) -> str:
    session = start_exam(services, EXAM, SEED)
    exercises = _exercises(services)
    with _opened(services, session) as sitting:
        for section in sitting.form.sections:
            sitting.perform(cmd.OpenSection(section.id))
            first = sitting.form.entries_of(section.id)[0]
            _spend(sitting, clock, section.seconds / 8)
            if isinstance(first.item, Coding):
                exercise = exercises[first.item.id]
                _write(sitting, first, exercise.wrong_files[exercise.wrong[0].file].decode())
            else:
                sitting.perform(cmd.LeaveSection())
    return session


def _sit_into_drill(services: Services) -> str:
    session = start_drill(services, "cmla", DrillChoice(domains=("evaluation",), count=10), SEED)
    with _opened(services, session) as sitting:
        sitting.perform(cmd.OpenSection())
        choice = next(entry for entry in sitting.form.entries if entry.item.type == "multiple_choice")
        sitting.perform(cmd.Show(choice.number))
    return session


def _exercises(services: Services) -> dict[str, Exercise]:
    bank = open_named_bank(services, EXAM.split(".", 1)[0])
    return {one.package.item.id: one for one in bank.exercises}


def _opened(services: Services, session: str) -> Sitting:
    opened = Sitting.open(services, session)
    if isinstance(opened, Busy):
        raise SystemExit("a fresh session is open elsewhere")
    return opened


def _answer(sitting: Sitting, entry: FormEntry) -> None:
    """Answer rightly eight times in ten, by the item's id; else with what the first letters give."""
    spec = spec_of(entry.item)
    response = spec.correct_response(entry.item)
    if keyed_number(SEED, entry.item.id) % 10 >= _RIGHT_OF_TEN:
        for guess in ("A", "B", "A B", "1"):
            try:
                response = spec.parse_line(entry.item, guess, entry.order)
                break
            except ValueError:
                continue
    sitting.perform(cmd.Respond(entry.number, response.model_dump(mode="json")))


def _write(sitting: Sitting, entry: FormEntry, text: str) -> None:
    if isinstance(entry.item, Coding):
        edit = FileEdit.between(SOLUTION, entry.item.starter[SOLUTION], text)
        if edit is not None:
            sitting.perform(cmd.EditFile(entry.number, edit))


def _pace(entry: FormEntry) -> float:
    return entry.item.seconds * (0.4 + keyed_number(SEED, "pace", entry.item.id) % 60 / 100)


def _spend(sitting: Sitting, clock: WoundClock, seconds: float) -> None:
    while seconds > 0:
        clock.wind(min(_STEP_SECONDS, seconds))
        seconds -= _STEP_SECONDS
        sitting.perform(cmd.Tick())


if __name__ == "__main__":
    sys.exit(main())
