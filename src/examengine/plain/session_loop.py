"""The line mode's loop: a line is a command, the answer is lines; all rules lie in the session.

Commands stand in one table, `ACTIONS`, from which the help is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from examengine.bank.stimulus import Stimulus
from examengine.bank.template.exact import Value
from examengine.delivery.check_item import check_item
from examengine.delivery.looking import Looking
from examengine.delivery.services import Services
from examengine.delivery.sitting import Sitting
from examengine.forms.form import Form
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.registry import spec_of
from examengine.plain import code_tools, desk
from examengine.plain.case_reading import read_case
from examengine.plain.line_source import LineSource
from examengine.plain.present import (
    feedback_lines,
    help_lines,
    item_lines,
    list_lines,
    response_line,
    rules_lines,
    time_lines,
)
from examengine.reports.words import duration
from examengine.session import commands as cmd
from examengine.session import events as ev
from examengine.session.decide import Decision, Refusal, leaving_locks
from examengine.session.standing import open_numbers, standings
from examengine.session.timing import PACE_FROM, pace

_WAIT_SECONDS = 0.2
_MAX_FILE_BYTES = 1_000_000


def introduce(form: Form, lines: LineSource, out: TextIO, *, asks: bool) -> bool:
    """Read out the rules; where a person types, wait for their start. Return whether to begin."""
    print(*rules_lines(form), sep="\n", file=out, flush=True)
    if not asks:
        return True
    print("Type start to begin; the clock starts then. Type quit to leave.", file=out, flush=True)
    while True:
        try:
            line = lines.next_line(_WAIT_SECONDS)
        except EOFError:
            return False
        if line is not None and line.strip().lower() in ("start", "quit", "q"):
            return line.strip().lower() == "start"


@dataclass(frozen=True, slots=True)
class Action:
    """One command of line mode."""

    usage: str
    meaning: str
    run: Callable[["SessionLoop", str], None]


class SessionLoop:
    """Runs one session from lines until it is submitted or left."""

    def __init__(
        self, services: Services, sitting: Sitting | Looking, lines: LineSource, out: TextIO, *, asks: bool
    ) -> None:
        """Prepare a loop; `asks` is whether a person types and a question back makes sense."""
        self._services = services
        self.sitting = sitting
        self._lines = lines
        self._out = out
        self._asks = asks
        self._left = False
        self._asked: str | None = None
        self._locking: int | None = None
        self.desk = code_tools.CodeDesk(services)
        self.last_result: Value | None = None
        """Of the calculator."""

    def run(self) -> bool:
        """Run until the end; return whether the session was submitted."""
        if isinstance(self.sitting, Sitting):
            self.sitting.listen(self._announce)
        else:
            self.say("This session is open in another window; here you can only look.")
        state = self.sitting.state
        if state.pause is not None:
            desk.say_break(self)
        elif state.phase == "ready" and (not state.seen or not self._asks):
            self._enter_section()
        elif state.phase == "ready":
            self.say("No section is open. Type start for the next one; the clock of the exam is running.")
        else:
            self.do_show_current()
        self._work()
        return self.sitting.state.phase == "submitted"

    def _work(self) -> None:
        while not self._left and self.sitting.state.phase != "submitted":
            try:
                line = self._lines.next_line(_WAIT_SECONDS)
            except EOFError:
                break
            self.desk.look(self)
            if line is not None and line.strip() and not line.lstrip().startswith("#"):
                self._obey(line)

    def say(self, text: str) -> None:
        """Write one line to the candidate."""
        print(text, file=self._out, flush=True)

    def _obey(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        name = _SHORT.get(word.lower(), word.lower())
        action = ACTIONS.get(name)
        if action is None:
            self.say(f"{word!r} is not a command. Type help for the list.")
            return
        asked, self._asked = self._asked, None
        if self._asks and name in ("submit", "leave") and asked != name and not self._confirmed(name):
            self._asked = name
            return
        if name in ("submit", "leave", "quit", "run"):
            # What was saved in a folder just before counts.
            self.desk.look_now(self)
        action.run(self, rest.strip())

    def _confirmed(self, name: str) -> bool:
        form, state = self.sitting.form, self.sitting.state
        section = state.section
        entries = standings(form, state, None if name == "submit" else section)
        gaps = [one.entry.number for one in entries if one.is_gap]
        numbers = ", ".join(map(str, gaps))
        self.say(f"{len(gaps)} of {len(entries)} items have no full answer{': ' + numbers if gaps else ''}.")
        closes = "The session ends." if name == "submit" else f"{self._title(section)} closes for good."
        self.say(f"{closes} Type {name} once more to confirm.")
        return False

    def _title(self, section: str | None) -> str:
        return next((one.title for one in self.sitting.form.sections if one.id == section), "the section")

    def perform(self, command: cmd.Command) -> Decision:
        """Send a command; a refusal is said."""
        decision = self.sitting.perform(command)
        if decision.refusal is not None:
            self.say(decision.refusal.message)
        return decision

    def _announce(self, decision: Decision) -> None:
        for event in decision.events:
            if isinstance(event, ev.TimeAnnounced):
                scope = "the exam" if event.scope == "exam" else self._title(event.scope)
                self.say(f"{duration(event.seconds)} left in {scope}.")
            elif isinstance(event, ev.BreakEnded) and event.reason == "time_up":
                self.say("The break is over; the clock is running.")
            elif isinstance(event, ev.SectionClosed) and event.reason == "time_up":
                self.say(f"Time is up: {self._title(event.section)} is closed. What you gave is kept.")
            elif isinstance(event, ev.Submitted) and event.reason == "time_up":
                self.say("Time is up: the session is submitted as it stands.")

    def current(self) -> int | None:
        """Return the item on the screen; where there is none, say so."""
        number = self.sitting.state.current
        if number is None and self.sitting.state.phase == "ready":
            self.say("No section is open. Type start for the next one.")
        return number

    def current_stimulus(self) -> Stimulus | None:
        """Return the case of the item that is on the screen; None, which is told, where there is none."""
        number = self.current()
        if number is None:
            return None
        stimulus = self.sitting.form.stimulus_of(self.sitting.form.entry(number))
        if stimulus is None:
            self.say("This item stands on no case.")
        return stimulus

    def do_show_current(self) -> None:
        """Read the item that is on the screen."""
        number = self.current()
        if number is not None:
            for line in item_lines(self.sitting.form, self.sitting.form.entry(number), self.sitting.state):
                self.say(line)

    def _enter_section(self) -> None:
        if self.perform(cmd.OpenSection()).refusal is None:
            section = next(one for one in self.sitting.form.sections if one.id == self.sitting.state.section)
            if len(self.sitting.form.sections) > 1:
                self.say(f"Section {section.id}: {section.title}.")
            self.do_show_current()

    def _go(self, number: int) -> None:
        """Show an item; where a person types, an item that locks is left at the second asking."""
        state = self.sitting.state
        if self._asks and number != state.current and leaving_locks(self.sitting.form, state):
            if self._locking != state.current:
                self._locking = state.current
                self.say(f"Item {state.current} closes for good once you leave it. Say it once more to leave it.")
                return
            self._locking = None
        if self.perform(cmd.Show(number)).refusal is None:
            self.do_show_current()

    def do_start(self, _rest: str) -> None:
        """Open the next section."""
        if self.sitting.state.phase == "section":
            self.do_show_current()
        else:
            self._enter_section()

    def do_step(self, by: int) -> None:
        """Go forward or back."""
        number = self.current()
        if number is None:
            return
        form = self.sitting.form
        numbers = [one.number for one in form.entries_of(form.entry(number).section)]
        if isinstance(self.sitting, Sitting):
            numbers = open_numbers(form, self.sitting.state) or [number]
        place = numbers.index(number) + by
        target = numbers[place] if 0 <= place < len(numbers) else None
        if target is None:
            edge = "last" if by > 0 else "first"
            leave = " Type leave to close it, or submit." if by > 0 and len(form.sections) > 1 else ""
            self.say(f"This is the {edge} item{' of its section' if len(form.sections) > 1 else ''}.{leave}")
            return
        self._go(target)

    def do_goto(self, rest: str) -> None:
        """Go to an item by its number."""
        if not rest.isdecimal():
            self.say("Say which item, such as goto 12.")
            return
        self._go(int(rest))

    def do_answer(self, rest: str) -> None:
        """Respond to the item."""
        number = self.current()
        if number is None:
            return
        entry = self.sitting.form.entry(number)
        text = self.lines_until(rest[2:].strip()) if rest.startswith("<<") else rest
        try:
            response = spec_of(entry.item).parse_line(entry.item, text, entry.order)
        except ValueError as error:
            self.say(f"Not taken: {error}.")
            return
        if self.perform(cmd.Respond(number, response.model_dump(mode="json"))).refusal is None:
            self.say(response_line(entry, self.sitting.state.responses.get(number)))

    @property
    def has_terminal(self) -> bool:
        """Return whether a person sits at a terminal, which a program can be given for a while."""
        return self._asks

    def lines_until(self, end: str) -> str:
        """Return the lines that follow, up to one that reads as `end` or to the end of the input."""
        lines: list[str] = []
        while True:
            try:
                line = self._lines.next_line(_WAIT_SECONDS)
            except EOFError:
                break
            if line is not None:
                if line == (end or "."):
                    break
                lines.append(line)
        return "".join(f"{line}\n" for line in lines)

    def do_load(self, rest: str) -> None:
        """Take a file as the code."""
        path = Path(rest).expanduser()
        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                self.say(f"{rest} is larger than {_MAX_FILE_BYTES} bytes.")
                return
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.say(f"{rest or 'the file'} cannot be read: {error}.")
            return
        number = self.current()
        if number is None:
            return
        if not isinstance(self.sitting.form.entry(number).item, Coding):
            self.say("Only coding exercises take files.")
            return
        response = CodingResponse(files={"solution.py": text})
        if self.perform(cmd.Respond(number, response.model_dump(mode="json"))).refusal is None:
            self.say(response_line(self.sitting.form.entry(number), self.sitting.state.responses.get(number)))

    def do_check(self, _rest: str) -> None:
        """Give the feedback of a drill item."""
        number = self.current()
        if number is None or not isinstance(self.sitting, Sitting):
            return
        report = check_item(self._services, self.sitting, number)
        if isinstance(report, Refusal):
            self.say(report.message)
            return
        for line in feedback_lines(report):
            self.say(line)

    def do_retry(self) -> None:
        """Let a drill's item be answered anew."""
        number = self.current()
        if number is not None and self.perform(cmd.Retry(number)).refusal is None:
            self.say("Answer anew; the first attempt is kept, and it is the one that counts.")
            self.do_show_current()

    def do_flag(self, *, flagged: bool) -> None:
        """Mark the item, or take the mark off."""
        number = self.current()
        if number is not None and self.perform(cmd.Flag(number, flagged)).refusal is None:
            self.say(f"Item {number} is {'flagged' if flagged else 'not flagged'}.")

    def do_list(self, _rest: str) -> None:
        """List the items."""
        for line in list_lines(self.sitting.form, self.sitting.state):
            self.say(line)

    def do_time(self, _rest: str) -> None:
        """Say the clocks."""
        for line in time_lines(self.sitting.time_left()):
            self.say(line)
        sitting = self.sitting
        if sitting.state.pause is not None:
            desk.say_break(self)
        ahead = pace(sitting.form, sitting.state, sitting.now()) if sitting.form.kind == "exam" else None
        if ahead is not None:
            self.say(_pace_line(ahead))

    def do_leave(self, _rest: str) -> None:
        """Close the open section."""
        if self.perform(cmd.LeaveSection()).refusal is None and self.sitting.state.phase == "ready":
            self.say("The section is closed.")
            if self._asks:
                self.say("Type start for the next one; the clock of the exam is running.")
            else:
                self._enter_section()

    def do_submit(self, _rest: str) -> None:
        """End the session."""
        self.perform(cmd.Submit())

    def do_quit(self, _rest: str) -> None:
        """Leave the session."""
        self._left = True

    def do_help(self, _rest: str) -> None:
        """List the commands."""
        for line in help_lines([(action.usage, action.meaning) for action in ACTIONS.values()]):
            self.say(line)


ACTIONS: Mapping[str, Action] = {
    "show": Action("show", "read the item again", lambda loop, _: loop.do_show_current()),
    "answer": Action(
        "answer B | answer A C | answer 1Y 2N | answer 0.25 | answer <<END",
        "respond; <<END takes the lines up to END as the code",
        lambda loop, rest: loop.do_answer(rest),
    ),
    "case": Action(
        "case | case 2 | case NAME | case 3 21 | case all",
        "read the case of the item: what it holds, a part, a table from row 21, or all",
        read_case,
    ),
    "load": Action("load FILE", "take a file as the code", lambda loop, rest: loop.do_load(rest)),
    "code": Action("code | code FILE", "read your code, or a file such as a sample test", code_tools.read_code),
    "run": Action("run", "run the sample tests; Ctrl+C stops them", code_tools.run),
    "try": Action(
        "try print(double(3)) | try <<END | try",
        "run a line, or lines, beside your code: a scratch cell; alone: read it again",
        code_tools.try_out,
    ),
    "diff": Action("diff", "read what has changed since the starter", code_tools.diff),
    "reset": Action("reset", "put the starter code back", code_tools.reset),
    "edit": Action("edit | edit FILE", "open the code in your own editor, and come back", code_tools.edit),
    "folder": Action(
        "folder | folder PATH | folder stop",
        "write the exercise to a folder, for VS Code or Jupyter, and take in what is saved there",
        code_tools.folder,
    ),
    "check": Action("check", "in a drill: the feedback", lambda loop, rest: loop.do_check(rest)),
    "retry": Action("retry", "in a drill, after the feedback: answer anew", lambda loop, _: loop.do_retry()),
    "next": Action("next", "go to the next item", lambda loop, _: loop.do_step(1)),
    "previous": Action("previous", "go back one item", lambda loop, _: loop.do_step(-1)),
    "goto": Action("goto 12", "go to an item by its number", lambda loop, rest: loop.do_goto(rest)),
    "flag": Action("flag", "mark the item to come back to", lambda loop, _: loop.do_flag(flagged=True)),
    "unflag": Action("unflag", "take the mark off", lambda loop, _: loop.do_flag(flagged=False)),
    "strike": Action("strike A C", "strike options out, or take them back", desk.strike),
    "certain": Action("certain guess | unsure | sure | none", "say how certain you are", desk.rate),
    "note": Action("note | note TEXT | note clear", "read your note on the item, add to it, empty it", desk.note),
    "scratch": Action(
        "scratch | scratch TEXT | scratch clear", "the same for the session's scratchpad", desk.scratchpad
    ),
    "calc": Action("calc 12/(12+3)", "calculate, where the section allows it", desk.compute),
    "find": Action("find TEXT", "find a text within the item", desk.find),
    "break": Action("break", "take a break, by the rule of the exam", desk.take_break),
    "back": Action("back", "come back from the break", desk.come_back),
    "list": Action("list", "list the items and where you stand", lambda loop, rest: loop.do_list(rest)),
    "time": Action("time", "say the time left", lambda loop, rest: loop.do_time(rest)),
    "start": Action("start", "open the next section", lambda loop, rest: loop.do_start(rest)),
    "leave": Action("leave", "close the section, for good where it locks", lambda loop, r: loop.do_leave(r)),
    "submit": Action("submit", "end the session and have it scored", lambda loop, rest: loop.do_submit(rest)),
    "quit": Action("quit", "leave the session; it can be resumed", lambda loop, rest: loop.do_quit(rest)),
    "help": Action("help", "list the commands", lambda loop, rest: loop.do_help(rest)),
}
"""Every command of line mode, in the order of the help."""

_SHORT = {
    "a": "answer",
    "n": "next",
    "p": "previous",
    "prev": "previous",
    "g": "goto",
    "f": "flag",
    "t": "time",
    "q": "quit",
    "?": "help",
    "l": "list",
    "items": "list",
    "review": "list",
}


def _pace_line(ahead: float) -> str:
    """Return the pace in words, from seconds ahead of the plan."""
    if abs(ahead) < PACE_FROM:
        return "Within half a minute of plan in this section."
    return f"{duration(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} plan in this section."
