"""The tools of the exam room in line mode, and that line mode reaches all that the screens reach."""

import pytest

from builders import a_section, an_item, store_session
from demo_form import a_drill, a_form, a_numeric, an_entry
from examengine.bank.blueprint import Breaks
from examengine.delivery.services import Services
from examengine.plain.session_loop import ACTIONS
from examengine.tui.actions import PLACES
from fakes.clock import FakeClock
from plain.test_session_loop import Played

STOPPING = Breaks(clock="stops", most=2, minutes=5, basis="assumed")

REACHED_BY = {
    "case": "case",
    "next_tab": "case",
    "previous_tab": "case",
    "check": "check",
    "figure": "show",
    "retry": "retry",
    "next_item": "next",
    "previous_item": "previous",
    "run_samples": "run",
    "flag": "flag",
    "navigator": "list",
    "review": "list",
    "other_file": "code",
    "strike": "strike",
    "note": "note",
    "certainty": "certain",
    "calculator": "calc",
    "scratchpad": "scratch",
    "find": "find",
    "take_break": "break",
    "come_back": "back",
    "toggle_clock": "time",
    "leave": "quit",
    "reset": "reset",
    "run_scratch": "try",
    "scratch_cell": "try",
    "show_test": "code",
    "diff": "diff",
    "find_code": "find",
    "open_editor": "edit",
    "work_in_folder": "folder",
    "go_to": "goto",
    "begin": "start",
    "help": "help",
}
"""Action of the exam room's screens to the command of line mode that does it."""
OF_THE_SCREEN_ALONE = {"zoom", "scroll_up", "scroll_down", "saved"}
"""What moves panes, or says that there is nothing to do."""
OF_THE_SCREEN_ALONE |= {"find_next", "find_previous", "find_case", "go_to_line", "toggle_comment", "indent", "dedent"}
"""Keys within the editor: in line mode the code is changed in an editor of one's own, or given as lines."""
OF_THE_SCREEN_ALONE |= {"stop_run", "change_theme"}
"""Ctrl+C: while code runs, line mode reads no commands. Line mode has no colours."""


@pytest.mark.parametrize("place", ["exam", "section", "break"])
def test_line_mode_reaches_every_action_of_the_exam_room(place: str):
    for action in PLACES[place]:
        assert action.name in OF_THE_SCREEN_ALONE or REACHED_BY.get(action.name) in ACTIONS, action.name


@pytest.fixture
def session(services: Services) -> str:
    return store_session(services, a_form(), [])


def test_options_are_struck_out_by_their_letters(services: Services, session: str):
    played = Played(services, session, "strike A C\nshow\nstrike C\n")
    assert played.state.struck == {1: {"a"}}
    assert "Struck out: A C." in played.said
    assert "Struck out: A." in played.said
    assert played.state.responses == {}


def test_notes_and_scratchpad_are_kept_and_read_again(services: Services, session: str):
    Played(services, session, "note check the rate\nnote twice\nscratch 3 times 7\n")
    again = Played(services, session, "note\nscratch\nlist\n")
    assert again.state.notes == {1: "check the rate\ntwice", None: "3 times 7"}
    assert "check the rate" in again.said and "with a note" in again.said
    assert Played(services, session, "note clear\n").state.notes[1] == ""


def test_certainty_is_said_in_a_word(services: Services, session: str):
    played = Played(services, session, "certain unsure\ncertain maybe\n")
    assert played.state.certainty == {1: "unsure"}
    assert "guess, unsure, sure or none" in played.said


def test_the_calculator_follows_the_rule_of_the_section(services: Services):
    closed = Played(services, store_session(services, a_form(), []), "calc 1+1\n")
    assert "no calculator" in closed.said
    form = a_form(sections=(a_section(id="a", calculator=True), a_section(id="b")))
    played = Played(services, store_session(services, form, []), "calc 12/(12+3)\ncalc ans*10\ncalc 1/0\n")
    assert "= 0.8" in played.said and "= 8" in played.said and "divides by nothing" in played.said


def test_a_text_is_found_with_the_part_it_stands_in(services: Services, session: str):
    said = Played(services, session, "find blue\nfind zebra\n").said
    assert "Option B: Blue" in said and "Nothing in this item" in said


def test_a_break_is_taken_and_left(services: Services, clock: FakeClock):
    session = store_session(services, a_form(breaks=STOPPING), [])
    played = Played(services, session, "break\nanswer A\ntime\nback\n")
    assert "come back from it first" in played.said
    assert "the clock stands still for 5:00" in played.said
    assert played.state.pause is None and played.state.current == 2


def test_an_item_that_locks_is_left_at_the_second_asking(services: Services):
    form = a_form(entries=(an_entry(1, an_item(lock_on_leaving=True)), an_entry(2, a_numeric())))
    session = store_session(services, form.model_copy(update={"sections": form.sections[:1]}), [])
    asked = Played(services, session, "next\n", asks=True)
    assert "closes for good" in asked.said and asked.state.current == 1
    assert Played(services, session, "next\nnext\n", asks=True).state.current == 2


def test_the_time_comes_with_the_pace_in_an_exam_and_without_it_in_a_drill(services: Services, session: str):
    assert "of plan in this section" in Played(services, session, "time\n").said
    assert "plan" not in Played(services, store_session(services, a_drill(), []), "time\n").said
