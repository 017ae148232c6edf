"""Opens the screens over a stored session, and reads what they show."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot

from builders import store_session
from examengine.bank.bank import ExercisePackage
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.session.state import SessionState, replay
from examengine.tui.app import ExamApp, Opening, SessionOpening
from examengine.tui.widgets.exam_header import ExamHeader
from examengine.tui.widgets.hint_bar import HintBar

_BORDERS = str.maketrans(dict.fromkeys("│╭╮╰╯─▔▁▊▎▌▐▅▆▃▂▇█", " "))


@dataclass
class Room:
    """A running app with its pilot."""

    app: ExamApp
    pilot: Pilot[Any]
    services: Services
    session: str = ""

    async def press(self, *keys: str) -> None:
        """Press keys and wait until the screens are at rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def rest(self) -> None:
        """Wait for work in the background, and for what follows from it."""
        await self.pilot.pause()
        if not self.app.background.idle.is_set():
            await self.app.background.idle.wait()
            await self.pilot.pause()

    def text(self) -> str:
        """Return what is on the screen, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    def flow(self) -> str:
        """Return the words on the screen as one line with single blanks, without borders."""
        return " ".join(self.text().translate(_BORDERS).split())

    def on_disk(self) -> SessionState:
        """Return the state that a new process would find."""
        row = self.services.store.read_session(self.session)
        return replay(self.services.store.read_form(row.form_digest), self.services.store.read_journal(row.id))

    @property
    def place(self) -> str:
        """Return the place of the screen on top."""
        return getattr(self.app.screen, "PLACE", "")

    def clock_text(self) -> str:
        """Return what the clock in the header says."""
        return self.app.screen.query_one(ExamHeader).clock_text()[0]

    def notices(self) -> list[str]:
        """Return the notices given so far that are still up."""
        return [str(notice.message) for notice in self.app._notifications]

    def hints(self) -> list[tuple[str, str, str]]:
        """Return the footer's hints."""
        return self.app.screen.query_one(HintBar).hints()


@asynccontextmanager
async def opened(services: Services, opening: Opening, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Room]:
    """Open the app anywhere."""
    app = ExamApp(services, opening=opening)
    async with app.run_test(size=size) as pilot:
        room = Room(app, pilot, services)
        await room.rest()
        try:
            yield room
        finally:
            app.close_sitting()


@asynccontextmanager
async def sitting_of(
    services: Services,
    form: Form | None = None,
    packages: Iterable[ExercisePackage] = (),
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Room]:
    """Open the app on a new session of a form."""
    session = store_session(services, form, packages)
    async with opened(services, SessionOpening(session), size) as room:
        room.session = session
        yield room
