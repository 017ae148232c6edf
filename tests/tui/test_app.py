import pytest
from textual.filter import Monochrome

from builders import a_form, a_numeric, an_exercise, an_item, store_session
from examengine.delivery.services import Services
from examengine.tui.actions import PLACES
from examengine.tui.app import ExamApp, HomeOpening, SessionOpening, run_tui
from examengine.tui.screens.code_outside import OUTSIDE
from examengine.tui.screens.code_workspace import CODE
from examengine.tui.widgets.action_screen import ActionScreen
from tui.rooms import opened, sitting_of


def screens() -> list[type[ActionScreen]]:
    found, open_ = [], [ActionScreen]
    while open_:
        for kind in open_.pop().__subclasses__():
            open_.append(kind)
            if "PLACE" in kind.__dict__:
                found.append(kind)
    return found


@pytest.fixture(scope="module")
def all_screens() -> dict[str, type[ActionScreen]]:
    import importlib
    import pkgutil

    import examengine.tui.screens as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return {kind.PLACE: kind for kind in screens()}


def test_every_place_of_the_table_has_a_screen_and_every_action_a_method(
    all_screens: dict[str, type[ActionScreen]],
) -> None:
    assert set(all_screens) == set(PLACES)
    for place, kind in all_screens.items():
        for action in PLACES[place]:
            assert callable(getattr(kind, f"action_{action.name}", None)), f"{place} lacks {action.name}"


@pytest.mark.parametrize("place", sorted(PLACES))
def test_no_key_of_a_screen_means_two_things(place: str) -> None:
    keys = [key for action in PLACES[place] for key in (*action.letters, *action.keys)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_hint_of_the_footer_does_what_it_says(services: Services, size: tuple[int, int]) -> None:
    package = an_exercise()
    form = a_form({"a": [an_item(), a_numeric(unit="ms"), package.item], "b": [an_item(id="demo.alpha.z")]})
    async with sitting_of(services, form, [package], size) as room:
        await room.press("enter")
        for item in range(3):
            await room.press(*(["ctrl+n"] if item else []))
            screen = room.app.screen
            done: list[str] = []
            hints = room.hints()
            assert ("help" in [name for name, _key, _label in hints]) is True
            for name, _key, _label in hints:
                setattr(screen, f"action_{name}", lambda name=name, done=done: done.append(name))
            for _name, key, _label in hints:
                await room.pilot.press(key)
            await room.rest()
            assert done == [name for name, _key, _label in hints]
            for name, _key, _label in hints:
                delattr(screen, f"action_{name}")


async def test_a_click_on_a_hint_does_it(services: Services) -> None:
    async with sitting_of(services) as room:
        bottom = room.text().splitlines()[-1]
        await room.pilot.click(offset=(bottom.index("Flag"), 23))
        await room.rest()
        assert room.on_disk().flagged == {1}


async def test_the_help_lists_every_key_that_works_now(services: Services) -> None:
    async with sitting_of(services, size=(120, 60)) as room:
        await room.press("question_mark")
        shown = room.flow()
        impossible = {"check", "run_samples", "zoom", "other_file", "reset", "calculator", "take_break"}
        impossible |= {"case", "next_tab", "previous_tab", "figure", "retry"} | CODE | OUTSIDE
        for action in PLACES["exam"]:
            is_possible = action.name not in impossible
            assert (f"{action.help}." in shown) is is_possible, action.name
        await room.press("escape")
        assert room.place == "exam"


async def test_the_palette_offers_what_the_screen_can_do(services: Services) -> None:
    async with sitting_of(services) as room:
        titles = [command.title for command in room.app.get_system_commands(room.app.screen)]
        assert {"Next", "Flag", "Items", "Review", "Colours", "Quit"} <= set(titles)
        assert "Run tests" not in titles


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_the_exam_room_survives_every_size_and_resizing(services: Services, size: tuple[int, int]) -> None:
    package = an_exercise()
    form = a_form([an_item(), package.item])
    async with sitting_of(services, form, [package], size) as room:
        for resized in ((40, 12), (120, 40), (80, 24)):
            await room.pilot.resize_terminal(*resized)
            await room.press("ctrl+n")
            await room.press("ctrl+p")
        await room.press("b")
        assert room.on_disk().responses[1] == {"option": "b"}


async def test_no_colour_is_honoured(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting_of(services) as room:
        await room.press("b")
        assert any(isinstance(one, Monochrome) for one in room.app._filters)
        assert "(●) B Blue" in room.flow()


class Faulty(ExamApp):
    """Falls over with a key in a local variable."""

    def on_mount(self) -> None:  # type: ignore[override]
        hidden_key = "THE-SECRET-KEY"
        raise RuntimeError(f"fault near {len(hidden_key)}")


def test_a_fault_shows_nothing_and_reaches_the_caller(
    services: Services, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import examengine.tui.app as module

    monkeypatch.setattr(module, "ExamApp", Faulty)
    real_run = Faulty.run
    monkeypatch.setattr(Faulty, "run", lambda self: real_run(self, headless=True))
    with pytest.raises(RuntimeError, match="fault near 14"):
        run_tui(services, HomeOpening())
    printed = capfd.readouterr()
    assert "SECRET" not in printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err


def test_the_program_closes_the_sitting_when_it_is_left(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    session = store_session(services, a_form())
    real_run = ExamApp.run

    async def leave(pilot) -> None:
        await pilot.pause()
        await pilot.press("b")
        pilot.app.exit()

    monkeypatch.setattr(ExamApp, "run", lambda self: real_run(self, headless=True, auto_pilot=leave))
    assert run_tui(services, SessionOpening(session)) == 0
    journal = services.store.read_journal(session)
    assert journal[-1].event.kind == "run_closed"
    assert any(one.event.kind == "response_given" for one in journal)


async def test_an_unknown_session_is_a_notice_not_a_crash(services: Services) -> None:
    async with opened(services, SessionOpening("nothing")) as room:
        assert room.place == "home"
        assert any("no session" in notice for notice in room.notices())


async def test_a_submitted_session_opens_its_results(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b", "r", "S", "y")
        session = room.session
    async with opened(services, SessionOpening(session)) as again:
        assert again.place == "results"
