"""Figures on the screens: as pictures, as half blocks, and in words; enlarged by key and by mouse."""

import base64
import re

import pytest
from PIL import Image

from builders import a_form, a_numeric, a_stimulus, a_testlet, an_item, store_session
from examengine.bank.figure import MOST_BYTES, Figure, figure_of
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.tui.app import ExamApp, SessionOpening
from examengine.tui.figure_mode import Cell, FigureMode, has_sixel, mode_by_environment
from examengine.tui.picture import Box, Picture, fit
from examengine.tui.screens.figure import ZOOMS, FigureScreen
from examengine.tui.widgets.figure import FigureView, block_strips, place_signs
from figures import FOLDER, ROC_STEM, ROC_WORDS, corpus_figure
from tui.rooms import Room, sitting_of
from tui.scenes import STATES, Scene

SMALL, LARGE = (80, 24), (120, 40)


def a_figure_form(*figures: Figure, stem: str = ROC_STEM) -> Form:
    return a_form([an_item(stem=stem), a_numeric()], figures=figures or (corpus_figure("roc.png"),))


def blocks(room: Room) -> int:
    return room.text().count("▀")


def words_alone(room: Room) -> bool:
    # Where stem and options stand side by side, lines of both come in turn.
    return blocks(room) == 0 and "[figure: ROC curves of models A and B" in room.flow()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_figure_stands_below_its_stem_with_its_words(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_figure_form(), size=size) as room:
        assert "[figure: ROC curves of models A and B" in room.flow()
        assert blocks(room) > 100
        assert room.hints()[0][2] == "Figure"
        await room.press("n")
        assert blocks(room) == 0
        assert "Figure" not in [label for _, _, label in room.hints()]
        await room.press("p")
        assert blocks(room) > 100


async def test_the_options_are_in_sight_below_a_figure_at_80_columns(services: Services) -> None:
    async with sitting_of(services, a_figure_form(), size=SMALL) as room:
        assert "Choose one." in room.flow()


async def test_on_a_low_screen_the_words_stand_alone_and_the_key_still_shows_the_picture(services: Services) -> None:
    async with sitting_of(services, a_figure_form(), size=(40, 11)) as room:
        assert words_alone(room)
        await room.press("plus")
        assert room.place == "figure"
        assert blocks(room) > 20


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_figure_is_enlarged_moved_and_left_by_keys(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_figure_form(), size=size) as room:
        await room.press("plus")
        screen = room.app.screen
        assert isinstance(screen, FigureScreen)
        assert ROC_WORDS in room.flow()
        assert screen.view.box == pytest.approx((0, 0, 1, 1))
        assert [label for _, _, label in room.hints()] == ["Enlarge", "Back", "Help"]
        await room.press("plus", "plus", "plus")
        assert "3 times" in room.flow()
        left, top, right, _ = screen.view.box
        assert (left + right) / 2 == pytest.approx(0.5)
        assert right - left < 0.6
        await room.press("right", "down")
        moved = screen.view.box
        assert moved.left > left
        assert moved.top > top
        await room.press(*["right"] * 12, *["down"] * 12)
        assert screen.view.box.right == pytest.approx(1)
        assert screen.view.box.bottom == pytest.approx(1)
        await room.press("minus")
        assert "2 times" in room.flow()
        await room.press("0")
        assert screen.view.box == pytest.approx((0, 0, 1, 1))
        await room.press("escape")
        assert room.place == "exam"


async def test_no_key_enlarges_beyond_the_last_step(services: Services) -> None:
    async with sitting_of(services, a_figure_form(), size=SMALL) as room:
        await room.press("plus", *["plus"] * (len(ZOOMS) + 3))
        assert f"{ZOOMS[-1]:g} times" in room.flow()
        assert "Enlarge" not in [label for _, _, label in room.hints()]


async def test_a_click_enlarges_the_place_and_the_wheel_goes_both_ways(services: Services) -> None:
    async with sitting_of(services, a_figure_form(), size=LARGE) as room:
        await room.pilot.click(FigureView, offset=(5, 5))
        await room.rest()
        screen = room.app.screen
        assert isinstance(screen, FigureScreen)
        for _ in range(3):
            await room.pilot.click(FigureView, offset=(2, 1))
            await room.rest()
        box = screen.view.box
        assert box.left < 0.1
        assert box.right < 0.6
        zoomed = screen.zoom
        screen.view.post_message(_wheel(screen, down=True))
        await room.rest()
        assert screen.zoom < zoomed


async def test_several_figures_are_gone_through_in_order(services: Services) -> None:
    stem = "![First](figures/roc.png) and ![Second](figures/roc.jpg), again ![First](figures/roc.png)"
    form = a_figure_form(corpus_figure("roc.png"), corpus_figure("roc.jpg"), stem=stem)
    async with sitting_of(services, form, size=SMALL) as room:
        await room.press("plus")
        assert "Figure 1 of 2" in room.flow()
        assert "First" in room.flow()
        await room.press("n")
        assert "Figure 2 of 2" in room.flow()
        assert "Second" in room.flow()
        await room.press("n")
        assert "Figure 1 of 2" in room.flow()


async def test_the_screen_is_resized_and_the_part_stays(services: Services) -> None:
    async with sitting_of(services, a_figure_form(), size=LARGE) as room:
        await room.press("plus", "plus", "plus", "plus", "right")
        screen = room.app.screen
        assert isinstance(screen, FigureScreen)
        before = screen.view.box
        await room.pilot.resize_terminal(40, 12)
        await room.rest()
        assert blocks(room) > 20
        await room.pilot.resize_terminal(*LARGE)
        await room.rest()
        assert screen.view.box == pytest.approx(before)


async def test_figures_of_a_case_are_shown_in_its_tabs(services: Services) -> None:
    case = a_stimulus(
        sections=[{"id": "plots", "title": "Plots", "text": f"See below.\n\n![{ROC_WORDS}](figures/roc.png)"}],
        exhibits=[
            {"id": "picture", "title": "Picture", "kind": "figure", "figure": "figures/roc.jpg", "alt": "A small plot"}
        ],
    )
    form = a_form(a_testlet(), stimuli=[case], figures=(corpus_figure("roc.png"), corpus_figure("roc.jpg")))
    async with sitting_of(services, form, size=LARGE) as room:
        assert blocks(room) > 100
        await room.press("right_square_bracket")
        assert "[figure: A small plot]" in room.flow()
        assert blocks(room) > 100
        await room.press("plus")
        assert "Figure 1 of 2" in room.flow()
        assert ROC_WORDS in room.flow()


@pytest.mark.parametrize("file", ["bomb.png", "cut.png"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_hostile_picture_ends_in_its_words(services: Services, file: str, size: tuple[int, int]) -> None:
    form = a_figure_form(corpus_figure(file, "figures/roc.png"))
    async with sitting_of(services, form, size=size) as room:
        assert words_alone(room)
        await room.press("plus")
        assert f"[figure: {ROC_WORDS}] (the picture cannot be shown)" in room.flow()
        assert [label for _, _, label in room.hints()] == ["Back", "Help"]


async def test_a_form_without_the_figure_tells_its_words(services: Services) -> None:
    form = a_form([an_item(stem=ROC_STEM)])
    async with sitting_of(services, form, size=SMALL) as room:
        assert words_alone(room)


async def test_in_text_mode_no_picture_is_drawn(services: Services) -> None:
    session = store_session(services, a_figure_form())
    app = ExamApp(services, opening=SessionOpening(session), figure_mode=FigureMode.TEXT)
    async with app.run_test(size=LARGE) as pilot:
        room = Room(app, pilot, services, session)
        await room.rest()
        assert words_alone(room)
        app.close_sitting()


@pytest.mark.parametrize("mode", [FigureMode.SIXEL, FigureMode.KITTY])
async def test_pictures_of_the_terminal_take_the_place_of_blocks(services: Services, mode: FigureMode) -> None:
    session = store_session(services, a_figure_form())
    app = ExamApp(services, opening=SessionOpening(session), figure_mode=mode)
    async with app.run_test(size=LARGE) as pilot:
        room = Room(app, pilot, services, session)
        await room.rest()
        view = app.screen.query_one(FigureView)
        lines = view.render_lines(view.region.reset_offset)
        text = "".join(segment.text for strip in lines for segment in strip)
        assert blocks(room) == 0
        columns, rows = view.drawing_size(view.content_size.width)
        if mode is FigureMode.SIXEL:
            place = view.region
            assert text.startswith(f"\x1b[{place.y + 1};{place.x + 1}H\x1bP")
            assert f'"1;1;{columns * 10};{rows * 20}' in text
            assert text.endswith(f"\x1b\\\x1b[{place.bottom};{place.right + 1}H")
        else:
            assert text.count("\U0010eeee") == columns * rows
            assert (
                len({segment.style.color for strip in lines for segment in strip if "\U0010eeee" in segment.text}) == 1
            )
        await room.press("plus", "plus", "plus", "right", "escape", "n", "p")
        app.close_sitting()


def test_a_kitty_picture_is_sent_in_pieces_that_make_it_again() -> None:
    picture = Picture.read(corpus_figure("roc.png"))
    assert picture is not None
    messages = list(picture.kitty_messages(77, 40, 20))
    pieces = [re.fullmatch(r"\x1b_G([^;]*);?(.*)\x1b\\", message) for message in messages]
    assert all(pieces)
    assert pieces[0][1].startswith("a=t,i=77,f=100")
    assert all(len(piece[2]) <= 4096 for piece in pieces)
    assert [("m=1" in piece[1]) for piece in pieces[:-1]] == [True] * (len(pieces) - 2) + [False]
    assert base64.b64decode("".join(piece[2] for piece in pieces[:-1])).startswith(b"\x89PNG")
    assert pieces[-1][1] == "a=p,U=1,i=77,c=40,r=20,q=2"


def test_the_marks_of_kitty_places_are_the_agreed_ones() -> None:
    from textual_image.renderable.tgp import _NUMBER_TO_DIACRITIC

    assert [ord(sign) for sign in place_signs()] == _NUMBER_TO_DIACRITIC[: len(place_signs())]
    assert len(place_signs()) > 100


def test_blocks_hold_two_lines_of_pixels_each() -> None:
    image = Image.new("RGB", (3, 2), (255, 255, 255))
    image.putpixel((1, 0), (255, 0, 0))
    (strip,) = block_strips(Picture(image))
    assert [segment.text for segment in strip] == [" ", "▀", " "]
    middle = list(strip)[1].style
    assert middle.color.triplet == (255, 0, 0)
    assert middle.bgcolor.triplet == (255, 255, 255)


def test_transparent_pixels_lie_on_white() -> None:
    picture = Picture.read(corpus_figure("clear_ground.png"))
    assert picture is not None
    rows = list(picture.rows())
    assert rows[0][0] == (255, 255, 255)
    assert rows[40][60] == (200, 0, 0)


@pytest.mark.parametrize(("columns", "rows"), [(32, 12), (56, 21), (94, 35)])
def test_the_curves_of_a_plot_stand_out_from_its_ground(columns: int, rows: int) -> None:
    picture = Picture.read(corpus_figure("roc.png"))
    assert picture is not None
    small = list(picture.scaled(Box(), columns, 2 * rows).with_ink_kept(picture.width / columns).rows())
    # Half way up its left flank the blue curve is crossed by this line, and far right of it the orange one.
    line = small[round(2 * rows * 0.5)]
    blue = max(line, key=lambda pixel: pixel[2] - pixel[0])
    orange = max(line, key=lambda pixel: pixel[0] - pixel[2])
    assert blue[2] - blue[0] > 80
    assert orange[0] - orange[2] > 80
    assert line.index(blue) < line.index(orange)
    assert sum(min(pixel) > 225 for pixel in line) > columns / 2


def test_a_drawing_keeps_the_shape_of_its_picture() -> None:
    assert fit(640, 480, 76, 40, (10, 20)) == (76, 28)
    assert fit(640, 480, 76, 12, (10, 20)) == (32, 12)
    assert fit(100, 3000, 76, 12, (10, 20)) == (1, 12)
    assert fit(640, 480, 0, 12, (10, 20)) == (0, 0)


@pytest.mark.parametrize(
    ("environment", "mode"),
    [
        ({"TERM": "xterm-kitty"}, FigureMode.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, FigureMode.KITTY),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, FigureMode.BLOCKS),
        ({"TERM": "xterm-ghostty"}, FigureMode.KITTY),
        ({"TERM": "foot-extra"}, FigureMode.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, FigureMode.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, FigureMode.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "210800", "VTE_VERSION": "1"}, FigureMode.BLOCKS),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"}, FigureMode.BLOCKS),
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, FigureMode.BLOCKS),
        ({"TERM": "xterm-256color", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, FigureMode.BLOCKS),
        ({"TERM": "linux"}, FigureMode.BLOCKS),
        ({"TERM": "dumb"}, FigureMode.TEXT),
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
        ({"TERM": "xterm-kitty", "EXAMENGINE_FIGURES": "text"}, FigureMode.TEXT),
        ({"TERM": "dumb", "EXAMENGINE_FIGURES": "SIXEL"}, FigureMode.SIXEL),
        ({"TERM": "xterm-kitty", "EXAMENGINE_FIGURES": "nonsense"}, FigureMode.KITTY),
    ],
)
def test_the_environment_decides_how_figures_are_drawn(environment: dict[str, str], mode: FigureMode | None) -> None:
    assert mode_by_environment(environment) is mode


@pytest.mark.parametrize(
    ("answer", "sixel"),
    [
        (b"\x1b[?62;4;22c", True),
        (b"\x1b[?64;1;2;4c", True),
        (b"\x1b[?62;22c", False),
        (b"\x1b[?4c", False),
        (b"\x1b[?62;14;44c", False),
        (b"", False),
        (b"abc", False),
    ],
)
def test_a_terminal_says_itself_that_it_has_sixels(answer: bytes, sixel: bool) -> None:
    assert has_sixel(answer) is sixel


def test_a_file_too_large_or_of_another_kind_is_no_figure() -> None:
    png = (FOLDER / "roc.png").read_bytes()
    assert figure_of("demo", "figures/x.png", png) is not None
    assert figure_of("demo", "figures/x.png", png + b"\0" * MOST_BYTES) is None
    assert figure_of("demo", "figures/x.png", (FOLDER / "drawing.svg").read_bytes()) is None
    assert figure_of("demo", "figures/x.png", b"") is None


def test_cells_have_a_usual_size() -> None:
    assert Cell.usual() == (10, 20)


def _wheel(screen: FigureScreen, *, down: bool):
    from textual import events

    kind = events.MouseScrollDown if down else events.MouseScrollUp
    return kind(screen.view, 1, 1, 0, 1 if down else -1, 0, False, False, False)


def scene(name: str) -> Scene:
    return next(one for one in STATES if one.name == name)


async def test_the_review_of_an_item_shows_its_figure_and_enlarges_it(services: Services) -> None:
    async with scene("item-review-figure").room(services, LARGE) as room:
        assert blocks(room) > 100
        await room.press("plus")
        assert room.place == "figure"
        assert ROC_WORDS in room.flow()
        await room.press("escape")
        assert room.place == "item_review"


async def test_the_review_of_a_case_shows_its_figures(services: Services) -> None:
    async with scene("item-review-case-figure").room(services, LARGE) as room:
        assert blocks(room) > 100
        await room.press("plus")
        assert room.place == "figure"
