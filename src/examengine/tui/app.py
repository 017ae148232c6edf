"""The Textual application: which screen is shown when, and the one open sitting.

Only what the first screen needs is imported at the top: the rest comes in when it is used, for a fast start.
"""

import contextlib
import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.filter import Monochrome
from textual.message import Message
from textual.screen import Screen

from examengine.core.counted import counted
from examengine.core.errors import ExamEngineError, OperatorError, StoreError
from examengine.delivery.settings import Settings, read_settings, write_settings
from examengine.tui.actions import PLACES
from examengine.tui.background import Background
from examengine.tui.figure_mode import Cell, FigureMode, cell_size, mode_by_environment, mode_by_question
from examengine.tui.opening import (
    ExamStartOpening,
    HistoryOpening,
    HomeOpening,
    Opening,
    PreviewOpening,
    ResultsOpening,
    SessionOpening,
)
from examengine.tui.screens.home import HomeScreen
from examengine.tui.theme import DARK, FALLBACKS, PLAIN, THEMES
from examengine.tui.widgets.action_screen import ActionScreen

if TYPE_CHECKING:
    from examengine.delivery.code_folder import CodeFolder
    from examengine.delivery.looking import Looking
    from examengine.delivery.services import Services
    from examengine.delivery.sitting import Sitting
    from examengine.session.decide import Decision

__all__ = [
    "ExamApp",
    "ExamStartOpening",
    "HistoryOpening",
    "HomeOpening",
    "Opening",
    "PreviewOpening",
    "ResultsOpening",
    "SessionOpening",
    "run_tui",
]

_NOTICE_SECONDS = 12


@dataclass
class SessionMoved(Message):
    """Something happened in the open session; may come from the thread that watches its clock."""

    session: str
    decision: "Decision"


class ExamApp(App[None]):
    """Home lies at the bottom of the stack; a sitting's screens replace each other above it."""

    TITLE = "examengine"
    CSS_PATH = Path(__file__).with_name("styles.tcss")
    COMMAND_PALETTE_BINDING = "ctrl+backslash"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, services: "Services", *, opening: Opening, figure_mode: FigureMode = FigureMode.BLOCKS) -> None:
        super().__init__()
        self.figure_mode = figure_mode
        self.services = services
        self.opening = opening
        self.sitting: Sitting | None = None
        self.is_clock_hidden = False
        self.background = Background()
        self.code_folders: dict[tuple[str, int], CodeFolder] = {}
        """Folders that are watched, by session and item."""
        self.fault: Exception | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._greys = Monochrome()
        settings = read_settings(services.home)
        self._kept_theme = settings.theme if settings.theme in self.available_themes else DARK
        self.theme = PLAIN if self.no_color else self._kept_theme

    def watch_theme(self, name: str) -> None:
        """Take the colours out of code and pictures too where a person wants none."""
        if self._greys in self._filters:
            self._filters.remove(self._greys)
        if name == PLAIN and not self.no_color:
            self._filters.append(self._greys)
        if name != self._kept_theme and not self.no_color:
            self._kept_theme = name
            write_settings(self.services.home, Settings(theme=name))

    def next_theme(self) -> None:
        """Change to the next of our colours."""
        names = [theme.name for theme in THEMES]
        now = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(now + 1) % len(names)]

    @functools.cached_property
    def cell_size(self) -> Cell:
        """Return the size of a character in pixels, for the shape of pictures."""
        return Cell.usual() if self.is_headless else cell_size()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our colours to themes that lack them."""
        return FALLBACKS[self.current_theme.dark]

    def get_default_screen(self) -> Screen[Any]:
        """Put home at the bottom of the stack."""
        return HomeScreen(is_shown=isinstance(self.opening, HomeOpening))

    async def on_mount(self) -> None:
        """Go where the program was opened."""
        match self.opening:
            case SessionOpening(session_id):
                await self.open_session(session_id)
            case ResultsOpening(session_id):
                from examengine.tui.screens.results import ResultsScreen

                await self.push_screen(ResultsScreen(session_id))
            case HistoryOpening():
                from examengine.tui.screens.history import HistoryScreen

                await self.push_screen(HistoryScreen())
            case ExamStartOpening(blueprint, seed, multiplier):
                from examengine.tui.screens.start import StartScreen

                await self.push_screen(StartScreen(blueprint, seed, multiplier))
            case PreviewOpening(folder, item_id, seed, is_watched):
                from examengine.tui.screens.preview import PreviewScreen

                await self.push_screen(PreviewScreen(folder, item_id, seed, is_watched=is_watched))
            case HomeOpening():
                pass

    async def open_session(self, session_id: str) -> None:
        """Take a session up: its screens, its results when it is over, or a look at it while another window has it."""
        # Word that it is being put together would lie over its first hints.
        self.clear_notifications()
        from examengine.delivery.looking import Looking
        from examengine.delivery.sitting import Busy, Sitting

        try:
            row = self.services.store.read_session(session_id)
            if row.phase == "submitted":
                from examengine.tui.screens.results import ResultsScreen

                await self.replace_screens(ResultsScreen(row.id))
                return
            opened = Sitting.open(self.services, row.id)
        except ExamEngineError as error:
            self.report(error)
            return
        if isinstance(opened, Busy):
            from examengine.tui.screens.look_only import LookOnlyScreen

            await self.replace_screens(LookOnlyScreen(Looking(self.services, opened)))
            return
        self.sitting = opened
        opened.listen(lambda decision: self._heard(opened.row.id, decision))
        self._warm_grader(opened)
        await self.show_sitting()

    async def show_sitting(self) -> None:
        """Show the screen that fits where the open session stands."""
        sitting = self.sitting
        if sitting is None:
            return
        if sitting.state.phase == "submitted":
            session = sitting.row.id
            self.close_sitting()
            from examengine.tui.screens.grading import GradingScreen

            await self.replace_screens(GradingScreen(session))
        elif sitting.state.pause is not None:
            from examengine.tui.screens.on_break import BreakScreen

            await self.replace_screens(BreakScreen(sitting))
        elif sitting.state.section is None and self._is_whole(sitting):
            # Nothing to choose and nothing to announce: the start page has told the rules.
            from examengine.session import commands as cmd

            try:
                sitting.perform(cmd.OpenSection())
            except StoreError as error:
                self.report(error)
        elif sitting.state.section is not None:
            from examengine.tui.screens.exam import ExamScreen

            await self.replace_screens(ExamScreen(sitting))
        else:
            from examengine.tui.screens.section_page import SectionPage

            await self.replace_screens(SectionPage(sitting))

    async def replace_screens(self, screen: Screen[Any]) -> None:
        """Show a screen above home in place of all that lie there."""
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        if len(self.screen_stack) == 2:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    async def leave_sitting(self) -> None:
        """Leave the session in order and go home; it can be resumed."""
        self.close_sitting()
        await self.go_home()

    async def go_home(self) -> None:
        """Show home."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def close_sitting(self) -> None:
        """Let go of the open session, in order where the disk allows it."""
        sitting, self.sitting = self.sitting, None
        if sitting is not None:
            try:
                sitting.close()
            except StoreError as error:
                sitting.__exit__(StoreError, error, None)

    def report(self, error: ExamEngineError) -> None:
        """Tell of an error that somebody can do something about."""
        self.notify(str(error), severity="error", timeout=_NOTICE_SECONDS, markup=False)

    def notice(self, text: str, *, is_warning: bool = False) -> None:
        """Tell something in passing; the focus stays where it is."""
        self.notify(text, severity="warning" if is_warning else "information", timeout=_NOTICE_SECONDS, markup=False)

    async def on_session_moved(self, message: SessionMoved) -> None:
        """Announce what the clock brought, and change the screen when a section or the session ends."""
        from examengine.session import events as ev

        sitting = self.sitting
        if sitting is None or message.session != sitting.row.id:
            return
        is_other_screen = False
        for event in message.decision.events:
            match event:
                case ev.TimeAnnounced(scope=scope, seconds=seconds):
                    self._announce(sitting, scope, seconds)
                case ev.SectionClosed(section=section, reason="time_up"):
                    title = next(one.title for one in sitting.form.sections if one.id == section)
                    self.notice(f"Time is up for {title}. Every response is kept.", is_warning=True)
                    is_other_screen = True
                case ev.Submitted(reason="time_up"):
                    self.notice("Time is up. The exam is submitted as it was on disk.", is_warning=True)
                    is_other_screen = True
                case ev.BreakEnded(reason="time_up"):
                    self.notice("The break is over; the exam's clock is running.", is_warning=True)
                    is_other_screen = True
                case ev.BreakStarted() | ev.BreakEnded():
                    is_other_screen = True
                case ev.SectionOpened() | ev.SectionClosed() | ev.SectionLeft() | ev.Submitted():
                    is_other_screen = True
        if is_other_screen:
            await self.show_sitting()

    async def action_quit(self) -> None:
        """Leave what is open, or the program; an open session is closed in order."""
        screen = self.screen
        names = {action.name for action in PLACES[screen.PLACE]} if isinstance(screen, ActionScreen) else set()
        if isinstance(screen, ActionScreen) and "leave" in names and screen.can("leave"):
            await screen.action_do("leave")
        else:
            self.exit()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """List in the palette what can be done on the screen, and the colours."""
        if isinstance(screen, ActionScreen):
            for action, key in list(screen.active_actions()):
                yield SystemCommand(
                    screen.label(action), action.help, lambda a=action, k=key: self._do_later(screen, a.name, k)
                )
        yield SystemCommand("Colours", "Choose among all colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave the program; an open session can be resumed", self.exit)

    def _do_later(self, screen: ActionScreen[Any], name: str, key: str) -> None:
        self.call_later(screen.action_do, name, key)

    def panic(self, *renderables: Any) -> None:
        """End without showing anything of what failed: it may hold keys. The caller of `run_tui` gets the fault."""
        del renderables
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        if self.fault is None:
            self.fault = error
        super()._handle_exception(error)

    @staticmethod
    def _is_whole(sitting: "Sitting") -> bool:
        return len(sitting.form.sections) == 1 and not sitting.state.sections_closed

    def _heard(self, session: str, decision: "Decision") -> None:
        # Comes from the clock's thread too, which must neither wait nor fail when the screens are gone.
        with contextlib.suppress(RuntimeError):
            self.post_message(SessionMoved(session, decision))

    def _announce(self, sitting: "Sitting | Looking", scope: str, seconds: int) -> None:
        from examengine.session.timing import EXAM

        minutes = seconds // 60
        titles = {section.id: section.title for section in sitting.form.sections}
        where = "the exam" if scope == EXAM else titles.get(scope, scope)
        self.notice(f"{counted(minutes, 'minute')} left in {where}.", is_warning=minutes <= 5)

    def _warm_grader(self, sitting: "Sitting") -> None:
        from examengine.itemtypes.coding.model import Coding

        packages = {entry.item.requires for entry in sitting.form.entries if isinstance(entry.item, Coding)}
        if not packages:
            return

        def warm() -> None:
            for requires in packages:
                # What fails here is told when the tests are run.
                with contextlib.suppress(OperatorError):
                    self.services.grading.warm(requires)

        self.background.run(self, warm, lambda _none: None, self.report)


def run_tui(services: "Services", opening: Opening) -> int:
    """Show the screens until they are left; return the exit code.

    Raises:
        Exception: a fault of the program, with nothing of it shown; the open session is closed in order before.
    """
    app = ExamApp(services, opening=opening, figure_mode=_figure_mode(services, opening))
    try:
        app.run()
    finally:
        app.close_sitting()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _figure_mode(services: "Services", opening: Opening) -> FigureMode:
    """Return how pictures are drawn; the terminal is asked only when a session with figures is opened."""
    mode = mode_by_environment(os.environ)
    if mode is None and isinstance(opening, PreviewOpening):
        mode = mode_by_question()
    if mode is None and isinstance(opening, SessionOpening):
        # Whether the session is there is told by who opens it.
        with contextlib.suppress(ExamEngineError):
            row = services.store.read_session(opening.session_id)
            if services.store.read_form(row.form_digest).figures:
                mode = mode_by_question()
    return mode or FigureMode.BLOCKS
