"""Random keys and clicks over one item of each newer type: the screen always shows what is on disk."""

import random
import re

import pytest

from builders import a_form
from examengine.delivery.services import Services
from examengine.itemtypes.rows_widget import RowsView
from examengine.tui.widgets.item_pane import ItemPane
from itemtypes.examples import a_code_gap, a_gap_choice, a_matching, a_series, a_short_text, an_ordering
from tui.rooms import Room, sitting_of

KEYS = [*"abcdefyn", "up", "down", "left", "right", "space", "enter", "backspace", "delete", "shift+up", "shift+down"]
STEPS = 120


def told_on_screen(pane: ItemPane) -> str:
    """Return what the widget says of how much is answered, or the typed text."""
    view = pane.view
    if not isinstance(view, RowsView):
        return view.query_one("#words").value
    whole = " ".join(row.content.plain for row in view.rows(view.content_size.width))
    if pane.entry.item.type == "ordering":
        signs = whole.count("\u2715")
        assert f" {signs} placed" in whole
        return str(signs)
    return str(whole.count("(●)")) if pane.entry.item.type == "yes_no_series" else re.search(r"(\d+) of \d+", whole)[1]


def expected(pane: ItemPane, room: Room) -> str:
    """Return the same from disk."""
    given = room.on_disk().responses.get(pane.entry.number, {})
    held = next(iter(given.values()), "" if pane.entry.item.type == "short_text" else ())
    return held if isinstance(held, str) else str(len(held))


@pytest.mark.parametrize(
    ("seed", "size"),
    [(1, (80, 24)), *(pytest.param(*one, marks=pytest.mark.slow) for one in [(2, (40, 12)), (3, (120, 40))])],
)
async def test_a_random_walk_loses_no_response(services: Services, seed: int, size: tuple[int, int]) -> None:
    items = [
        a_series(),
        an_ordering(rule="position"),
        a_matching(reuse=seed == 2),
        a_gap_choice(),
        a_code_gap(),
        a_short_text(),
    ]
    chance = random.Random(seed)
    async with sitting_of(services, a_form(items), size=size) as room:
        for step in range(STEPS):
            pane = room.app.screen.query_one(ItemPane)
            region = pane.view.region.intersection(pane.region)
            if chance.random() < 0.15 and region.height:
                x, y = chance.randrange(region.width), chance.randrange(region.height)
                await room.pilot.click(offset=(region.x + x, region.y + y))
                await room.rest()
            else:
                await room.press("ctrl+n" if step % 20 == 19 else chance.choice(KEYS))
            if room.place != "exam":
                await room.press("escape")
            assert room.place == "exam", step
            assert told_on_screen(pane) == expected(pane, room), step
        assert len(room.on_disk().responses) >= 5
