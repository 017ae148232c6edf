"""Random walks of a candidate, crashes and sleep included: what must hold after every step."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from builders import STARTER, a_section
from demo_form import a_form
from examengine.bank.blueprint import Breaks
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from examengine.session.events import EVENT, Recorded
from examengine.session.state import advance, replay
from examengine.session.timing import exam_limit, time_left
from examengine.session.way import way_through
from fakes.clock import FakeClock
from session_player import Player


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        breaks = Breaks(clock="stops", most=3, minutes=2, basis="assumed")
        form = a_form(sections=(a_section(id="a", leave="returns"), a_section(id="b")), breaks=breaks)
        self.player = Player(form, self.clock)
        self.acknowledged: dict[int, dict] = {}
        self.active = 0.0
        self.left_before = float("inf")

    def give(self, number: int, response: dict) -> None:
        if self.player.do(cmd.Respond(number, response)).refusal is None:
            self.acknowledged[number] = self.player.state.responses[number]

    @rule(option=st.sampled_from("abcd"))
    def choose(self, option: str) -> None:
        self.give(1, {"option": option})

    @rule(picks=st.sets(st.sampled_from("abcde"), max_size=3))
    def choose_several(self, picks: set[str]) -> None:
        self.give(2, {"options": sorted(picks)})

    @rule(text=st.sampled_from(["0.25", "1/4", "", "x", "nan"]))
    def type_number(self, text: str) -> None:
        self.give(3, {"text": text})

    @rule(text=st.text(alphabet="ab \n", max_size=12))
    def edit(self, text: str) -> None:
        before = self.player.state.responses.get(4, {"files": {"solution.py": STARTER}})["files"]["solution.py"]
        edit = FileEdit.between("solution.py", before, text)
        if edit is not None and self.player.do(cmd.EditFile(4, edit)).refusal is None:
            self.acknowledged[4] = {"files": {"solution.py": text}}

    @rule(number=st.integers(0, 6), flagged=st.booleans())
    def flag_and_show(self, number: int, flagged: bool) -> None:
        self.player.do(cmd.Show(number))
        self.player.do(cmd.Flag(number, flagged))

    @rule(is_leaving=st.booleans())
    def go_on_a_break_or_come_back(self, is_leaving: bool) -> None:
        self.player.do(cmd.StartBreak() if is_leaving else cmd.EndBreak())

    @rule(number=st.integers(1, 4) | st.none(), text=st.text(max_size=5), struck=st.sets(st.sampled_from("abcd")))
    def write_for_oneself(self, number: int | None, text: str, struck: set[str]) -> None:
        self.player.do(cmd.WriteNote(number, text))
        self.player.do(cmd.StrikeOptions(number or 1, frozenset(struck)))
        self.player.do(cmd.RateCertainty(number or 1, "guess" if text else None))

    @rule(section=st.sampled_from([None, "a", "b"]))
    def open_section(self, section: str | None) -> None:
        self.player.do(cmd.OpenSection(section))

    @rule()
    def leave_section(self) -> None:
        self.player.do(cmd.LeaveSection())

    @rule(seconds=st.floats(0.1, 200))
    def pass_time(self, seconds: float) -> None:
        pause = advance(self.player.state, self.clock.read()).pause
        self.clock.advance(seconds)
        if self.player.state.phase in ("ready", "section"):
            self.active += seconds if pause is None else max(0.0, seconds - (120 - pause.seconds))
        self.player.do(cmd.Tick())

    @rule(seconds=st.floats(0, 5000), wall=st.floats(-9000, 9000))
    def crash_and_resume(self, seconds: float, wall: float) -> None:
        alive = self.clock.read()
        self.clock.advance(seconds)
        self.clock.set_wall(self.clock.read().wall + wall)
        self.player.do(cmd.OpenRun(alive))

    @rule(seconds=st.floats(0, 5000))
    def close_and_reboot(self, seconds: float) -> None:
        self.player.do(cmd.CloseRun())
        self.clock.reboot(seconds)
        self.player.do(cmd.OpenRun(None))

    @rule(seconds=st.floats(2, 5000))
    def sleep(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        self.player.do(cmd.NoteStall("asleep", seconds))

    @precondition(lambda self: len(self.player.journal) > 40)
    @rule()
    def submit(self) -> None:
        self.player.do(cmd.Submit())

    def teardown(self) -> None:
        """The way through the session accounts for all of its time, and for that of each item."""
        stays = way_through(self.player.form, self.player.journal).stays
        state = self.player.state
        assert sum(stay.seconds for stay in stays) == pytest.approx(state.used, abs=1e-6)
        for number, used in state.item_used.items():
            own = [stay.seconds for stay in stays if stay.number == number]
            assert sum(own) == pytest.approx(used, abs=1e-6)
        ends = [stay.start + stay.seconds for stay in stays]
        assert [stay.start for stay in stays[1:]] == pytest.approx(ends[:-1], abs=1e-6)

    @invariant()
    def acknowledged_responses_are_there(self) -> None:
        for number, response in self.acknowledged.items():
            assert self.player.state.responses[number] == response

    @invariant()
    def used_time_is_the_time_sat(self) -> None:
        limit = exam_limit(self.player.form, self.player.state)
        left = time_left(self.player.form, self.player.state, self.clock.read()).exam
        assert left <= self.left_before + 1e-6
        self.left_before = left
        if self.player.state.phase != "submitted":
            assert left == pytest.approx(limit - self.active, abs=1e-6)

    @invariant()
    def replaying_the_written_journal_gives_the_same_state(self) -> None:
        written = [
            Recorded(at=one.at, event=EVENT.validate_json(EVENT.dump_json(one.event))) for one in self.player.journal
        ]
        assert replay(self.player.form, written) == self.player.state

    @invariant()
    def splitting_the_journal_changes_nothing(self) -> None:
        half = len(self.player.journal) // 2
        first = replay(self.player.form, self.player.journal[:half])
        assert replay(self.player.form, self.player.journal[half:], first) == self.player.state

    @invariant()
    def sections_never_run_over(self) -> None:
        for section, used in self.player.state.section_used.items():
            assert used <= 600 + 200 + 1e-6, section


Walk.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestWalk = Walk.TestCase
