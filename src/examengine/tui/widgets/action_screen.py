"""The base of every screen: its keys, its footer and its help come from the table of actions."""

import asyncio
import contextlib
import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import ScreenStackError
from textual.keys import key_to_character
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from examengine.tui.actions import PLACES, Action, bindings_of, is_letter

if TYPE_CHECKING:
    from examengine.tui.app import ExamApp

ResultT = TypeVar("ResultT")
AnswerT = TypeVar("AnswerT")
ScreenT = TypeVar("ScreenT", bound=Screen[Any])
SMALLEST = (30, 8)
"""Columns and rows below which nothing can be read; 40 x 12 is what the screens are made for at the least."""
_SETTLE_SECONDS = 2.0
_RENAMED = {"slash": "/", "minus": "-", "plus": "+"}
"""Keys whose names Textual does not turn back into their characters."""


class TooSmall(Static):
    """Stands over a screen that has no room for anything."""

    DEFAULT_CSS = """
    TooSmall { layer: small; dock: top; width: 100%; height: 100%; background: $background; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__(
            "This window is too small. Make it 40 x 12 or larger. Nothing is lost; a clock runs on.", markup=False
        )


class ActionScreen(Screen[ResultT]):
    """A screen whose bindings are those of its place in the table.

    Each subclass sets `PLACE` and has a method `action_<name>` for each row.
    """

    PLACE: ClassVar[str]

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._ready = asyncio.Event()
        self._kept_screens: list[Screen[Any]] = []

    def __init_subclass__(cls, **options: Any) -> None:
        """Take the bindings of the place from the table."""
        if "PLACE" in cls.__dict__:
            cls.BINDINGS = list(bindings_of(cls.PLACE))
        super().__init_subclass__(**options)

    @on(events.Mount)
    def _take_keys(self) -> None:
        # What a subclass does when it is mounted came before this.
        self._ready.set()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where a screen is too small to be used; what lies below stays as it is."""
        is_too_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        shown = self.query(TooSmall)
        if is_too_small and not shown:
            self.mount(TooSmall())
        elif shown and not is_too_small:
            shown.remove()

    @property
    def exam_app(self) -> "ExamApp":
        """Return the app with its own type."""
        return cast("ExamApp", self.app)

    def can(self, name: str) -> bool:
        """Return whether an action makes sense now."""
        del name
        return True

    def label(self, action: Action) -> str:
        """Return what the footer calls an action now."""
        return action.label

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Switch off what makes no sense now, and leave letters to the text field that has the focus."""
        if action != "do" or len(parameters) != 2:
            return True
        if not self._ready.is_set():
            # Painted, but not filled yet: a key that comes now waits until it is known what can be done.
            return True
        name, key = str(parameters[0]), str(parameters[1])
        return self.can(name) and not self._is_text(name, key)

    def active_actions(self) -> Iterator[tuple[Action, str]]:
        """Yield what can be done now, each with a key that does it."""
        for action in PLACES[self.PLACE]:
            if self.can(action.name):
                free = [key for key in action.letters if not self._is_consumed(key)]
                keys = [*free, *action.keys]
                if keys:
                    yield action, keys[0]

    async def action_do(self, name: str, key: str = "") -> None:
        """Do something from the table, once the screen is filled and the keys before it have been taken."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), _SETTLE_SECONDS)
        await self._settle()
        if self.focused is not None and self._is_text(name, key):
            self.focused.post_message(events.Key(key, _character(key)))
            return
        if not self.can(name) or self.app.screen is not self:
            return
        done = getattr(self, f"action_{name}")()
        if inspect.isawaitable(done):
            await done

    async def lay_over(self, screen: Screen[AnswerT], answered: Callable[[AnswerT | None], Any]) -> None:
        """Show a screen over this one, painted once: bit by bit takes twice the time."""
        if screen.is_running:
            await self.app.push_screen(screen, answered)
            return
        with self.app.batch_update():
            await self.app.push_screen(screen, answered)

    def keep(self, screen: ScreenT) -> ScreenT:
        """Let a screen outlive its showings, until this one goes: to mount it takes longer than to show it."""
        self.app.install_screen(screen, f"{type(screen).__name__} {id(screen)}")
        self._kept_screens.append(screen)
        return screen

    @on(events.Unmount)
    def _let_go(self) -> None:
        for screen in self._kept_screens:
            # Where the whole program ends, one may still be shown; the app lets it go then.
            with contextlib.suppress(ScreenStackError):
                self.app.uninstall_screen(screen)
                if screen.is_running:
                    screen.remove()

    def action_change_theme(self) -> None:
        """Change to the next colours."""
        self.exam_app.next_theme()

    def action_help(self) -> None:
        """Show the help of this screen."""
        from examengine.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def _is_text(self, name: str, key: str) -> bool:
        return is_letter(self.PLACE, name, key) and self._is_consumed(key)

    def _is_consumed(self, key: str) -> bool:
        return self.focused is not None and self.focused.check_consume_key(key, _character(key))

    async def _settle(self) -> None:
        focused = self.focused
        if focused is None or not focused.is_running:
            return
        settled = asyncio.Event()
        focused.call_later(settled.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(settled.wait(), _SETTLE_SECONDS)


class ActionModal(ActionScreen[ResultT], ModalScreen[ResultT]):
    """The same, over another screen."""

    DEFAULT_CSS = """
    ActionModal { align: center middle; background: $background 60%; overflow-y: auto; }
    """


def _character(key: str) -> str | None:
    return _RENAMED.get(key) or key_to_character(key)
