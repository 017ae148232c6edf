"""The screens of series, lists, pairs, gaps and short texts: by keys, by mouse, small and large, final and open."""

import pytest
from textual.content import Content

from builders import a_form, a_multiple_response, an_item, options_of
from examengine.delivery.services import Services
from examengine.itemtypes.gap_choice.widget_text import draw_body
from examengine.session import commands as cmd
from itemtypes.examples import (
    a_code_gap,
    a_gap_choice,
    a_matching,
    a_series,
    a_short_text,
    an_ordering,
    statements_of,
)
from tui.rooms import Room, sitting_of

LEFT = "\u2039"
SIZES = [(80, 24), (120, 40), (40, 24)]
TABLE = """Choose for each row:

| Metric | Divides by | Use it when |
|---|---|---|
| Recall | [[g1]] | misses are costly |
| Precision | [[g2]] | false alarms are costly, and people act on each of them |
"""


def place_of(room: Room, text: str, *, after: str = "") -> tuple[int, int]:
    """Return column and line of a text on the screen, at or below the line that holds another."""
    lines = room.text().splitlines()
    first = next((y for y, line in enumerate(lines) if after in line), 0)
    y = next(y for y, line in enumerate(lines) if y >= first and text in line)
    return lines[y].index(text), y


async def click(room: Room, text: str, *, after: str = "") -> None:
    await room.pilot.click(offset=place_of(room, text, after=after))
    await room.rest()


@pytest.mark.parametrize("size", SIZES)
async def test_a_series_is_answered_by_its_letters_and_the_mark_goes_on(services: Services, size) -> None:
    async with sitting_of(services, a_form([a_series()]), size=size) as room:
        await room.press("y", "n", "n")
        assert room.on_disk().responses[1] == {"answers": {"s1": "yes", "s2": "no", "s3": "no"}}
        assert "3 of 4 answered" in room.flow()
        await room.press("up", "y", "backspace")
        assert room.on_disk().responses[1] == {"answers": {"s1": "yes", "s2": "no", "s3": "yes"}}


async def test_the_letters_of_a_series_are_the_first_of_its_words(services: Services) -> None:
    async with sitting_of(services, a_form([a_series(labels="True/False")])) as room:
        await room.press("t", "f")
        assert room.on_disk().responses[1] == {"answers": {"s1": "yes", "s2": "no"}}
        assert "(●) True ( ) False" in room.flow()


async def test_no_hint_offers_a_letter_that_answers_the_item(services: Services) -> None:
    async with sitting_of(services, a_form([a_series(), an_item()])) as room:
        assert ("next_item", "ctrl+n", "Next") in room.hints()
        await room.press("ctrl+n")
        assert ("next_item", "n", "Next") in room.hints()


async def test_the_letter_of_an_option_comes_before_the_screens_own(services: Services) -> None:
    item = a_multiple_response(options=options_of(*"ABCDEFGH"), choose="all")
    async with sitting_of(services, a_form([item, an_item()])) as room:
        await room.press("g")
        assert room.on_disk().responses[1] == {"options": ["g"]}
        await room.press("n", "g")
        assert room.place == "navigator"


async def test_a_series_is_answered_by_mouse(services: Services) -> None:
    async with sitting_of(services, a_form([a_series()])) as room:
        await click(room, ") No", after="number 3")
        assert room.on_disk().responses[1] == {"answers": {"s3": "no"}}
        await click(room, ") Yes", after="number 3")
        assert room.on_disk().responses[1] == {"answers": {"s3": "yes"}}


async def test_statements_stand_in_the_order_of_the_form(services: Services) -> None:
    form = a_form([a_series()])
    entry = form.entries[0].model_copy(update={"order": ("s4", "s2", "s1", "s3")})
    async with sitting_of(services, form.model_copy(update={"entries": (entry,)})) as room:
        await room.press("y")
        assert room.on_disk().responses[1] == {"answers": {"s4": "yes"}}


@pytest.mark.parametrize("size", SIZES)
async def test_a_list_is_built_moved_and_taken_back_by_keys(services: Services, size) -> None:
    async with sitting_of(services, a_form([an_ordering()]), size=size) as room:
        await room.press("a", "c", "d")
        assert room.on_disk().responses[1] == {"order": ["a", "c", "d"]}
        assert "3 placed" in room.flow()
        await room.press("up", "left")
        assert room.on_disk().responses[1] == {"order": ["c", "a", "d"]}
        await room.press("right", "right")
        assert room.on_disk().responses[1] == {"order": ["a", "d", "c"]}
        await room.press("backspace", "d")
        assert room.on_disk().responses[1] == {"order": ["a"]}


async def test_a_list_is_built_with_space_alone(services: Services) -> None:
    async with sitting_of(services, a_form([an_ordering()])) as room:
        await room.press("space", "space", "space")
        assert room.on_disk().responses[1] == {"order": ["a", "b", "c"]}


async def test_a_list_takes_no_more_than_it_asks_for(services: Services) -> None:
    async with sitting_of(services, a_form([an_ordering()])) as room:
        await room.press("a", "b", "c", "d")
        assert room.on_disk().responses[1] == {"order": ["a", "b", "c"]}
        assert any("take one back" in notice for notice in room.notices())


async def test_a_list_is_built_moved_and_taken_back_by_mouse(services: Services) -> None:
    async with sitting_of(services, a_form([an_ordering()])) as room:
        await click(room, "Fit the scaler")
        await click(room, "Split the rows")
        assert room.on_disk().responses[1] == {"order": ["a", "c"]}
        x, y = place_of(room, "Split the rows")
        up = room.text().splitlines()[y].index("▲")
        await room.pilot.click(offset=(up, y))
        await room.rest()
        assert room.on_disk().responses[1] == {"order": ["c", "a"]}
        x, y = place_of(room, "Split the rows")
        await room.pilot.click(offset=(room.text().splitlines()[y].index("▼"), y))
        await room.rest()
        assert room.on_disk().responses[1] == {"order": ["a", "c"]}
        x, y = place_of(room, "Fit the scaler")
        await room.pilot.click(offset=(room.text().splitlines()[y].index("✕"), y))
        await room.rest()
        assert room.on_disk().responses[1] == {"order": ["c"]}
        assert x > 0


@pytest.mark.parametrize("size", SIZES)
async def test_rows_are_matched_by_letters_arrows_and_taken_back(services: Services, size) -> None:
    async with sitting_of(services, a_form([a_matching()]), size=size) as room:
        await room.press("a", "c")
        assert room.on_disk().responses[1] == {"pairs": {"recall": "a", "precision": "c"}}
        await room.press("right")
        assert room.on_disk().responses[1] == {"pairs": {"recall": "a", "precision": "d"}}
        await room.press("up", "backspace")
        assert room.on_disk().responses[1] == {"pairs": {"precision": "d"}}


async def test_an_option_moves_to_the_row_that_wants_it_last_unless_it_may_be_reused(services: Services) -> None:
    forms = [a_matching(), a_matching(reuse=True, id="demo.beta.reuse")]
    async with sitting_of(services, a_form(forms)) as room:
        await room.press("a", "a")
        assert room.on_disk().responses[1] == {"pairs": {"precision": "a"}}
        await room.press("n", "a", "a")
        assert room.on_disk().responses[2] == {"pairs": {"recall": "a", "precision": "a"}}


async def test_rows_are_matched_by_mouse(services: Services) -> None:
    async with sitting_of(services, a_form([a_matching()])) as room:
        await click(room, "Precision")
        await click(room, "Predicted positives", after="Options")
        assert room.on_disk().responses[1] == {"pairs": {"precision": "c"}}
        await click(room, "✕", after="Precision")
        assert room.on_disk().responses[1] == {"pairs": {}}


async def test_a_match_is_no_verdict_while_it_can_be_taken_back(services: Services) -> None:
    async with sitting_of(services, a_form([a_matching()])) as room:
        await room.press("a")
        assert "→ A  Actual positives  ✕" in room.text()


async def test_enter_goes_on_to_the_next_row_without_a_match(services: Services) -> None:
    async with sitting_of(services, a_form([a_matching()])) as room:
        await room.press("enter", "a")
        assert room.on_disk().responses[1] == {"pairs": {"precision": "a"}}


@pytest.mark.parametrize("size", SIZES)
async def test_gaps_are_filled_by_letters_and_by_opening_them(services: Services, size) -> None:
    async with sitting_of(services, a_form([a_gap_choice()]), size=size) as room:
        await room.press("a")
        assert room.on_disk().responses[1] == {"gaps": {"g1": "a"}}
        await room.press("space", "down", "down", "enter")
        assert room.on_disk().responses[1] == {"gaps": {"g1": "a", "g2": "c"}}
        await room.press("left", "backspace")
        assert room.on_disk().responses[1] == {"gaps": {"g2": "c"}}


async def test_gaps_are_filled_by_mouse(services: Services) -> None:
    async with sitting_of(services, a_form([a_gap_choice()])) as room:
        await click(room, "2: choose")
        assert "A one of 2" in room.flow()
        await click(room, "three of 2")
        assert room.on_disk().responses[1] == {"gaps": {"g2": "c"}}
        assert "1: choose" in room.flow()
        assert "three of 2" in room.flow()


async def test_escape_closes_the_options_of_a_gap(services: Services) -> None:
    async with sitting_of(services, a_form([a_gap_choice()])) as room:
        await room.press("space")
        assert "two of 1" in room.flow()
        await room.press("escape")
        assert "two of 1" not in room.flow()


async def test_options_of_a_gap_stand_in_the_order_of_the_form(services: Services) -> None:
    form = a_form([a_gap_choice()])
    order = ("g2/c", "g1/b", "g1/c", "g2/a", "g2/b", "g1/a")
    entry = form.entries[0].model_copy(update={"order": order})
    async with sitting_of(services, form.model_copy(update={"entries": (entry,)})) as room:
        await room.press("a", "a")
        assert room.on_disk().responses[1] == {"gaps": {"g1": "b", "g2": "c"}}


@pytest.mark.parametrize("size", SIZES)
async def test_a_table_and_code_show_every_word_and_every_gap(services: Services, size) -> None:
    forms = [a_gap_choice(text=TABLE), a_code_gap()]
    async with sitting_of(services, a_form(forms), size=size) as room:
        await room.press("a")
        for word in ("Metric", "Recall", LEFT + "1: one", "«2:", "costly", "them"):
            assert word in room.flow()
        await room.press("n", "c")
        for word in ("scaler = StandardScaler()", LEFT + "1: fit_transform", "x[[cols]]", "held_out"):
            assert word in room.flow()


async def test_letters_typed_go_to_the_field_and_are_on_disk_at_once(services: Services) -> None:
    async with sitting_of(services, a_form([a_short_text()])) as room:
        await room.press("n", "o", "t", "space", "R", "1")
        assert room.on_disk().responses[1] == {"text": "not R1"}
        assert "Read as not r1" in room.flow()
        assert ("help", "f1", "Help") in room.hints()


async def test_a_field_keeps_each_items_own_text(services: Services) -> None:
    items = [a_short_text(), a_short_text(id="demo.alpha.other")]
    async with sitting_of(services, a_form(items)) as room:
        await room.press("a", "b", "ctrl+n", "c")
        assert room.on_disk().responses == {1: {"text": "ab"}, 2: {"text": "c"}}
        await room.press("ctrl+p")
        assert "Read as ab" in room.flow()


EVERY = {
    "series": (a_series, ["y", "y", "y", "n"], ["Yes, as you said", "No; you said Yes", "Why claim 2."]),
    "ordering": (an_ordering, ["c", "d", "a"], ["place 3; you put it at 2", "not part of it", "Why Split the rows."]),
    "matching": (a_matching, ["a", "b"], ["as you matched it", "you matched Actual negatives", "Why Actual neg"]),
    "gaps": (a_gap_choice, ["a", "a"], ["✓ one of 1", "✗ one of 2", "[your pick]", "[key]", "Why three of 2."]),
}


@pytest.mark.parametrize("size", [(80, 60), (40, 80)])
@pytest.mark.parametrize("name", EVERY)
async def test_feedback_stands_in_place_and_the_response_is_final(services: Services, name: str, size) -> None:
    make, keys, told = EVERY[name]
    async with sitting_of(services, a_form([make(), an_item()], kind="drill"), size=size) as room:
        await room.press(*keys, "enter")
        given = room.on_disk().responses[1]
        assert 1 in room.on_disk().checked
        for words in told:
            assert words in room.flow(), words
        await room.press("b", "space", "left", "right", "backspace")
        assert room.on_disk().responses[1] == given
        await room.press("n")
        assert "item 2 of 2" in room.flow()
        await room.press("p")
        assert told[0] in room.flow()


async def test_a_short_texts_feedback_names_the_key_and_closes_the_field(services: Services) -> None:
    async with sitting_of(services, a_form([a_short_text(), an_item()], kind="drill"), size=(80, 40)) as room:
        await room.press(*"patience", "enter")
        assert "Partly right" in room.flow()
        assert "That is how long it waits." in room.flow()
        await room.press("x")
        assert room.on_disk().responses[1] == {"text": "patience"}


@pytest.mark.parametrize("name", EVERY)
async def test_a_final_response_takes_no_click(services: Services, name: str) -> None:
    make, keys, _ = EVERY[name]
    async with sitting_of(services, a_form([make()], kind="drill"), size=(80, 60)) as room:
        await room.press(*keys, "f6")
        given = room.on_disk().responses[1]
        for y in range(2, 40, 3):
            await room.pilot.click(offset=(10, y))
        await room.rest()
        assert room.on_disk().responses[1] == given


@pytest.mark.parametrize("name", EVERY)
async def test_a_refused_response_is_not_shown(services: Services, name: str) -> None:
    make, keys, _ = EVERY[name]
    async with sitting_of(services, a_form([make()])) as room:
        before = room.text()
        room.app.sitting.perform(cmd.Submit())
        await room.press(keys[0])
        assert room.on_disk().responses == {}
        assert "1 placed" not in room.flow()
        assert "(●)" not in before


LONG = "A statement that is long enough to be wrapped over several lines of a narrow screen, `x[i] = y[j]` [/] and all."


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_marked_row_is_kept_in_sight_and_nothing_of_it_is_read_as_markup(services: Services, size) -> None:
    statements = [one | {"text": f"{one['id']} {LONG}"} for one in statements_of(*["yes", "no"] * 5)]
    async with sitting_of(services, a_form([a_series(statements=statements)]), size=size) as room:
        await room.press(*["down"] * 9)
        assert "x[i] = y[j] [/]" in room.flow()
        assert "s10" in room.flow()


@pytest.mark.parametrize("width", [16, 17, 23, 31, 40, 64, 79, 118])
def test_no_line_of_a_text_with_gaps_is_wider_than_its_room(width: int) -> None:
    options = options_of("short", "an option that is a good deal longer than the others, and then some")
    gaps = [{"id": f"g{n}", "key": "ab"[n % 2], "options": options} for n in (1, 2)]
    for item in (
        a_gap_choice(text="Some words come first, then [[g1]], then more of them, and [[g2]].", gaps=gaps),
        a_code_gap(code="def f(x):\n    return some_function_of(x, [[g1]], x[[cols]])[[g2]]  # why", gaps=gaps),
    ):
        boxes = {gap.id: Content(f"{LEFT}1: {gap.options[1].text}{LEFT}") for gap in item.gaps}
        rows = [row for group in draw_body(item, boxes, width) for row in group]
        assert all(row.content.cell_length <= width for row in rows), [row.content.plain for row in rows]
        assert {zone.target for row in rows for zone in row.zones} == {"g1", "g2"}
        assert not any(0xE000 <= ord(char) < 0xF000 for row in rows for char in row.content.plain)
