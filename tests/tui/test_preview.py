"""The preview of an item: what a candidate meets, drawn again, with its key, and anew when a file is saved."""

import re
from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, write_bank
from examengine.bank.scaffold import item_text
from examengine.delivery.services import Services
from examengine.itemtypes.registry import ITEM_TYPES
from examengine.tui.app import PreviewOpening
from examengine.tui.screens.preview import PreviewScreen
from examengine.tui.widgets.item_pane import ItemPane
from tui.rooms import Room, opened
from tui.scenes import PREVIEWED

TEMPLATE = CHOICE.replace(
    "  stem: Which colour does a clear sky have at noon in summer?",
    "  parameters: {n: {range: [1, 500]}}\n  stem: Which colour does a clear sky have after {{n}} days?",
)


async def look(room: Room) -> None:
    """Do what the screen does by itself a few times a second."""
    screen = room.app.screen
    assert isinstance(screen, PreviewScreen)
    screen._look()
    await room.rest()
    await room.rest()


def bank_of_all_types(folder: Path) -> Path:
    """Write a bank with the sample of every type that stands in item files."""
    items = [
        item_text(spec, f"demo.alpha.{name.replace('_', '-')}", ["alpha.basics"], samples=True)
        for name, spec in ITEM_TYPES.items()
        if name != "coding"
    ]
    return write_bank(folder, {"items/alpha/choice.yaml": CHOICE + "".join(items)})


@pytest.mark.parametrize("kind", [name for name in ITEM_TYPES if name != "coding"])
async def test_an_item_of_every_type_is_shown_and_gives_its_key(kind: str, tmp_path: Path, services: Services):
    folder, item = bank_of_all_types(tmp_path), f"demo.alpha.{kind.replace('_', '-')}"
    async with opened(services, PreviewOpening(folder, item), (100, 40)) as room:
        await room.rest()
        assert f"PREVIEW {item}" in room.text()
        assert room.app.screen.query_one(ItemPane).view is not None
        await room.press("f6")
        assert "Hide key" in room.text()
        assert "Blank: 0 of 1 point" in room.flow()
        await room.press("f6")
        assert "Blank: 0 of 1 point" not in room.flow()
    assert services.store.list_sessions() == []


async def test_an_exercise_is_shown_with_its_starter_and_can_be_edited(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo")
    async with opened(services, PreviewOpening(folder, "demo.ex.double"), (100, 40)) as room:
        await room.rest()
        assert "def double(x):" in room.text()
        await room.press("#", "x")
        assert "#xdef double(x):" in room.text()
        screen = room.app.screen
        assert isinstance(screen, PreviewScreen)
        assert screen._response is not None
        assert screen._response["files"]["solution.py"].startswith("#xdef")


async def test_a_response_is_marked_as_in_a_drill(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo")
    async with opened(services, PreviewOpening(folder, "demo.alpha.primes"), (100, 40)) as room:
        await room.rest()
        letters = {text: letter for letter, text in re.findall(r"\[ \] ([A-C])  (\d)", room.text())}
        await room.press(letters["2"].lower(), letters["7"].lower())
        await room.press("k")
        assert "Right: 1 of 1 point" in room.flow()


async def test_drawing_again_changes_order_and_values(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": TEMPLATE})
    async with opened(services, PreviewOpening(folder, "demo.alpha.sky", seed=3), (100, 40)) as room:
        await room.rest()
        first = room.flow()
        assert "seed 3 · n = " in first
        await room.press("r")
        await room.rest()
        assert "seed 4 · n = " in room.flow()
        days = [text.split("after ")[1].split(" days")[0] for text in (first, room.flow())]
        assert days[0] != days[1]


async def test_what_was_saved_is_shown_and_the_place_is_kept(tmp_path: Path, services: Services):
    long = CHOICE.replace("stem: Which", "stem: |\n" + "    A line.\n\n" * 60 + "    Which")
    folder = write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": long})
    async with opened(services, PreviewOpening(folder, "demo.alpha.sky", is_watched=True), (80, 24)) as room:
        await room.rest()
        await room.press("a")
        pane = room.app.screen.query_one(ItemPane)
        pane.scroll_to(y=30, animate=False, force=True, immediate=True)
        await room.rest()
        assert pane.scroll_y == 30
        (folder / "items/alpha/choice.yaml").write_text(long.replace("rationale: Dust would.", "rationale: Only dust."))
        await look(room)
        assert pane.scroll_y == 30
        screen = room.app.screen
        assert isinstance(screen, PreviewScreen)
        assert screen._response is not None
        assert screen.entry is not None
        assert "Only dust." in {option.rationale for option in screen.entry.item.options}


async def test_a_half_written_item_stays_as_it_was_beside_what_is_wrong(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo")
    path = folder / "items/alpha/choice.yaml"
    async with opened(services, PreviewOpening(folder, "demo.alpha.sky", is_watched=True), (200, 40)) as room:
        await room.rest()
        path.write_text(CHOICE.replace("key: b", "key: z"))
        await look(room)
        assert "key 'z' is not an option" in room.text()
        assert "Which colour" in room.text()
        path.write_text(CHOICE.replace("Which colour", "What colour"))
        await look(room)
        assert "key 'z' is not an option" not in room.text()
        assert "What colour" in room.text()


async def test_an_item_that_cannot_be_read_yet_tells_why_alone(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": CHOICE.replace("key: b", "key: z")})
    async with opened(services, PreviewOpening(folder, "demo.alpha.sky", is_watched=True), (200, 40)) as room:
        await room.rest()
        assert "key 'z' is not an option" in room.text()
        assert "Choose one" not in room.text()
        (folder / "items/alpha/choice.yaml").write_text(CHOICE)
        await look(room)
        assert "Choose one" in room.text()


async def test_a_case_that_was_saved_is_shown_anew_on_the_same_tab(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo", PREVIEWED)
    async with opened(services, PreviewOpening(folder, "demo.alpha.sky", is_watched=True), (140, 40)) as room:
        await room.rest()
        await room.press("right_square_bracket")
        assert "grey" in room.text()
        (folder / "data/week.csv").write_text("day,colour\n1,blue\n2,violet\n")
        await look(room)
        await room.rest()
        assert "violet" in room.text()
        assert "grey" not in room.text()


async def test_errors_of_other_items_do_not_matter(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo", {"items/alpha/odd.yaml": "- id: demo.alpha.odd\n  type: nothing\n"})
    async with opened(services, PreviewOpening(folder, "alpha.sky"), (100, 40)) as room:
        await room.rest()
        assert "Choose one" in room.text()
        assert "nothing" not in room.text()
        await room.press("q")
    assert not room.app.is_running
