"""Colours: texts stand out in every theme, and no state is told by colour alone."""

from itertools import combinations

import pytest
from textual.color import Color
from textual.filter import Monochrome

from builders import a_form, a_multiple_response, a_numeric, a_stimulus, a_testlet, an_exercise, an_item, store_session
from examengine.delivery.services import Services
from examengine.reports.words import MARKS
from examengine.tui.app import HomeOpening, Opening, ResultsOpening, SessionOpening
from examengine.tui.theme import CERTAINTY_SIGNS, CONTRAST, DARK, FALLBACKS, LIGHT, PLAIN, STANDING_SIGNS, THEMES
from tui.contrast import contrast, texts_with_contrast
from tui.finished_sessions import store_exam
from tui.picture_text import cells_of
from tui.rooms import Room, opened, sitting_of

ALL = [theme.name for theme in THEMES]
RICH_STEM = (
    "See `code`, **bold** and $x^2$:\n\n- one\n\n```python\nx = 1  # hi\ndef f(a: int) -> str:\n    return 'a'\n```\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |"
)


def least(theme: str) -> float:
    return 7.0 if theme == CONTRAST else 4.5


def faint(room: Room) -> list[tuple[str, float, str]]:
    limit = least(room.app.theme)
    return [(text, round(ratio, 2), room.place) for text, ratio in texts_with_contrast(room.app) if ratio < limit]


def a_rich_session(services: Services, kind: str = "exam") -> Opening:
    package = an_exercise()
    items = [an_item(stem=RICH_STEM), a_multiple_response(), a_numeric(), package.item, *a_testlet()]
    form = a_form(items, kind=kind, stimuli=[a_stimulus()])
    return SessionOpening(store_session(services, form, [package]))


def a_drill(services: Services) -> Opening:
    return a_rich_session(services, "drill")


@pytest.mark.parametrize("theme", ALL)
async def test_the_rule_below_the_head_of_a_table_can_be_seen(services: Services, theme: str) -> None:
    async with opened(services, a_rich_session(services)) as room:
        room.app.theme = theme
        rules = [(sign, style) for line in await cells_of(room) for sign, style in line if sign == "─"]
        assert rules
        for _sign, style in rules:
            front, ground = (Color.parse(one).rgb for one in style.split(" on "))
            assert contrast(front, ground) >= 1.2


def results(services: Services) -> Opening:
    return ResultsOpening(store_exam(services))


def home(services: Services) -> Opening:
    del services
    return HomeOpening()


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize(
    ("opening", "keys"),
    [
        (a_rich_session, ["b", "m", "minus", "n", "a", "n", "5", "n", "tab", "ctrl+n", "i", "escape"]),
        (a_rich_session, ["b", "o", "escape", "f1", "escape", "f9", "escape", "alt+w", "escape", "slash", "escape"]),
        (a_drill, ["a", "k", "n", "a", "c", "k"]),
        (home, ["down", "d"]),
        (results, ["o", "enter", "n", "n", "escape", "s"]),
    ],
    ids=["items", "dialogs", "feedback", "home", "results"],
)
async def test_every_text_stands_out_from_its_ground(services: Services, theme: str, opening, keys) -> None:
    async with opened(services, opening(services), (100, 40)) as room:
        room.app.theme = theme
        await room.rest()
        found = faint(room)
        for key in keys:
            await room.press(key)
            found += faint(room)
        assert found == []


@pytest.mark.parametrize("theme", THEMES, ids=ALL)
def test_the_colours_of_a_theme_suit_each_of_its_grounds(theme) -> None:
    def rgb(colour: str) -> tuple[int, int, int]:
        return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))

    fronts = [theme.foreground, theme.primary, theme.secondary, theme.accent, theme.warning, theme.error, theme.success]
    fronts += [value for name, value in theme.variables.items() if name.startswith(("mark-", "quiet", "code", "cut"))]
    for front in fronts:
        for ground in (theme.background, theme.surface, theme.panel):
            assert contrast(rgb(front), rgb(ground)) >= least(theme.name), (front, ground)
    # What is drawn, not written, needs three.
    assert contrast(rgb(theme.variables["bar"]), rgb(theme.background)) >= 3
    assert contrast(rgb(theme.variables["bar"]), rgb(theme.variables["bar-back"])) >= 3


def test_the_measure_of_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_a_theme_of_others_gets_our_colours_for_its_ground() -> None:
    assert FALLBACKS[True]["quiet"] == THEMES[ALL.index(DARK)].variables["quiet"]
    assert FALLBACKS[False]["quiet"] == THEMES[ALL.index(LIGHT)].variables["quiet"]
    assert all(set(theme.variables) == set(FALLBACKS[True]) for theme in THEMES)


async def test_the_colours_change_by_key_on_every_screen_of_a_session(services: Services) -> None:
    async with opened(services, a_rich_session(services), (80, 24)) as room:
        for keys in ([], ["o"], ["escape", "f9"], ["escape", "f1"]):
            await room.press(*keys)
            before = room.app.theme
            await room.press("alt+x")
            assert room.app.theme == ALL[(ALL.index(before) + 1) % len(ALL)]
        await room.press("escape", "n", "n", "5")
        before = room.app.theme
        await room.press("alt+x")
        assert room.app.theme != before
        assert "5" in room.flow()


async def test_the_palette_names_the_colours(services: Services) -> None:
    async with sitting_of(services) as room:
        titles = [command.title for command in room.app.get_system_commands(room.app.screen)]
        assert titles.count("Colours") >= 1


async def test_without_colours_the_screens_are_grey(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting_of(services, a_form([an_item(stem=RICH_STEM)])) as room:
        assert room.app.theme == PLAIN
        assert any(isinstance(one, Monochrome) for one in room.app._filters)
        assert greys_alone(room)


async def test_the_theme_without_colour_is_grey_and_the_others_come_back(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(stem=RICH_STEM)])) as room:
        assert not greys_alone(room)
        room.app.theme = PLAIN
        await room.rest()
        assert greys_alone(room)
        room.app.theme = DARK
        await room.rest()
        assert not greys_alone(room)


def greys_alone(room: Room) -> bool:
    from textual.strip import Strip

    colours = set()
    for line in room.app.screen._compositor.render_strips():
        strip = Strip(line)
        for one in room.app._filters:
            if one.enabled:
                strip = strip.apply_filter(one, room.app.screen.styles.background)
        for segment in strip:
            for colour in (segment.style.color, segment.style.bgcolor):
                if colour is not None and not colour.is_default:
                    colours.add(tuple(colour.get_truecolor()))
    return all(max(one) - min(one) <= 1 for one in colours)


@pytest.mark.parametrize(
    "signs",
    [STANDING_SIGNS, CERTAINTY_SIGNS, {name: (sign, word) for name, (sign, word) in MARKS.items()}],
    ids=["standing", "certainty", "marks"],
)
def test_states_have_signs_and_words_of_their_own(signs: dict[str, tuple[str, str]]) -> None:
    assert len({sign for sign, _ in signs.values()}) == len(signs)
    assert len({word for _, word in signs.values()}) == len(signs)


async def test_each_state_of_an_item_reads_differently_without_colours(services: Services) -> None:
    """The text of the screen alone tells: untouched, picked, struck, flagged, certain, noted."""
    seen: dict[str, str] = {}
    async with sitting_of(services, a_form([an_item()])) as room:

        async def note(state: str, *keys: str) -> None:
            await room.press(*keys)
            seen[state] = room.text()

        await note("untouched")
        await note("marked", "down")
        await note("struck", "minus")
        await note("picked", "minus", "b")
        await note("flagged", "m")
        await note("guess", "m", "u")
        await note("unsure", "u")
        await note("sure", "u")
        await note("noted", "u", "w", "x", "escape")
    for one, other in combinations(seen, 2):
        assert seen[one] != seen[other], f"{one} reads as {other}"


async def test_each_verdict_reads_differently_without_colours(services: Services) -> None:
    seen = {}
    for name, keys in {"right": ["b"], "wrong": ["c"], "blank": []}.items():
        async with sitting_of(services, a_form([an_item()], kind="drill")) as room:
            await room.press(*keys, "k")
            seen[name] = room.text()
    assert len(set(seen.values())) == 3
    assert "✓" in seen["right"]
    assert "✗" in seen["wrong"]
