"""Keys act in the order in which they are pressed, however quickly they come."""

import asyncio
from collections.abc import Callable

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from examengine.itemtypes.coding.widget_editor import CodeEditor
from examengine.itemtypes.text_fields import LineField, TextField, ToldField

FIELDS = {
    "line": lambda: LineField("ac"),
    "text": lambda: TextField("ac"),
    "told": lambda: ToldField(lambda _value: None, value="ac"),
}


class OneField(App[None]):
    def __init__(self, make: Callable[[], Input | TextArea]) -> None:
        super().__init__()
        self.make = make

    def compose(self) -> ComposeResult:
        self.field = self.make()
        yield self.field


def press_at_once(app: App[None], *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key.removeprefix("alt+") if len(key.removeprefix("alt+")) == 1 else None))


async def text_once_it_rests(app: OneField, pilot: Pilot[None]) -> str:
    """Return the text when every key has gone from the app to the field, and back where it is bound there."""
    for pump in (app, app.screen, app.field, app.screen, app):
        taken = asyncio.Event()
        pump.call_later(taken.set)
        await taken.wait()
    await pilot.pause()
    return app.field.value if isinstance(app.field, Input) else app.field.text


@pytest.mark.parametrize("kind", FIELDS)
async def test_the_cursor_moves_before_the_next_letter_is_typed(kind: str) -> None:
    app = OneField(FIELDS[kind])
    async with app.run_test() as pilot:
        app.screen.set_focus(app.field)
        press_at_once(app, "end", "left", "b", "end", "d", "x", "backspace", "home", "0")
        assert await text_once_it_rests(app, pilot) == "0abcd"


async def test_lines_are_left_before_the_next_letter_is_typed() -> None:
    changes: list[None] = []
    app = OneField(lambda: CodeEditor(lambda: changes.append(None)))
    async with app.run_test() as pilot:
        app.field.show_text("one\ntwo\n", read_only=False)
        app.screen.set_focus(app.field)
        press_at_once(app, "down", "down", "x", "up", "end", "y", "ctrl+home", "z")
        assert await text_once_it_rests(app, pilot) == "zone\ntwoy\nx"
        assert changes


@pytest.mark.parametrize("kind", FIELDS)
async def test_a_key_with_alt_types_no_letter(kind: str) -> None:
    app = OneField(FIELDS[kind])
    async with app.run_test() as pilot:
        app.screen.set_focus(app.field)
        press_at_once(app, "end", "alt+s", "alt+x", "d")
        assert await text_once_it_rests(app, pilot) == "acd"
