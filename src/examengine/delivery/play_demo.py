"""Plays a scripted candidate through a short exam, and has what they wrote really graded."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from examengine.bank.bank import Exercise
from examengine.core.clock import Clock, Reading
from examengine.core.errors import BankError, OperatorError
from examengine.core.evidence import Evidence
from examengine.core.keyed_order import keyed_number
from examengine.delivery.demo_blueprint import DEMO_ITEMS, demo_exam
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.report_session import report_session
from examengine.delivery.run_samples import run_samples
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.delivery.start_session import PreparedSession
from examengine.forms.assemble import Shortfall, assemble
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.coding.model import SOLUTION, Coding, CodingResponse
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import FileEdit, Mark
from examengine.reports.formats import format_named
from examengine.reports.session_report import SessionReport
from examengine.reports.words import duration, outcome_line
from examengine.session import commands as cmd

DEMO_SEED = 7
REPORTS = {"text": "report.txt", "html": "report.html"}
"""Format to the file that the demonstration leaves."""

_STEP_SECONDS = 4.0
_WRONG_PLACE = 2
_SECOND_TRY_PLACE = 5
_HANGING_END = "\n\nwhile True:\n    pass\n"
_GUESSES = ("A", "B", "C", "A B", "B C", "C D", "0", "1", "-7")


class WoundClock:
    """The machine's clock, wound on by hand: a sitting of most of an hour fits in seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = 0.0

    def read(self) -> Reading:
        """Return the machine's time and what was wound on."""
        now = self._clock.read()
        return now.model_copy(update={"monotonic": now.monotonic + self._ahead, "wall": now.wall + self._ahead})

    def wind(self, seconds: float) -> None:
        """Let time pass."""
        self._ahead += seconds


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the play needs at hand."""

    services: Services
    clock: WoundClock
    sitting: Sitting
    exercises: dict[str, Exercise]
    say: Callable[[str], None]
    pause_seconds: float

    def spend(self, seconds: float) -> None:
        """Let the candidate's time pass in steps, for a jump would count as a standstill; pause for the reader."""
        while seconds > 0:
            self.clock.wind(min(_STEP_SECONDS, seconds))
            seconds -= _STEP_SECONDS
            self.sitting.perform(cmd.Tick())
        if self.pause_seconds:
            time.sleep(self.pause_seconds)


def play_demo(
    services: Services,
    clock: WoundClock,
    bank: str,
    say: Callable[[str], None],
    *,
    seed: int = DEMO_SEED,
    pause_seconds: float = 0.0,
) -> SessionReport:
    """Sit a short exam of a bank and return its report; `say` hears one line for each thing that happens.

    Args:
        services: what to play with; its clock is `clock`, and its home is best a folder of its own.
        clock: wound on while the candidate thinks.
        bank: id or folder.
        say: hears the narration.
        seed: which items and exercises.
        pause_seconds: real time between the candidate's steps, for the reader.

    Raises:
        BankError: the bank cannot be read, or is too small.
    """
    exam = demo_exam(open_named_bank(services, bank), seed)
    form = assemble(exam.blueprint, {exam.bank.id: exam.bank}, seed)
    if isinstance(form, Shortfall):
        raise BankError(f"the demonstration cannot be assembled: {'; '.join(form.lines)}")
    session = PreparedSession(form, {exam.bank.id: exam.bank}).store(services)
    for requires in {entry.item.requires for entry in form.entries if isinstance(entry.item, Coding)}:
        services.grading.warm(requires)
    say(f"{form.title}; seed {form.seed}.")
    say("The candidate's clock is wound on: the sitting takes most of an hour, the demonstration seconds.")
    sitting = Sitting.open(services, session)
    if isinstance(sitting, Busy):
        raise OperatorError("the demonstration's own session is open elsewhere")
    with sitting:
        exercises = {exercise.package.item.id: exercise for exercise in exam.bank.exercises}
        _sit(_Stage(services, clock, sitting, exercises, say, pause_seconds), form)
    say("Submitted. Now the hidden tests run, in a sandbox of their own:")
    report = report_session(services, session, lambda entry, evidence: _narrate_grading(say, entry, evidence))
    say(outcome_line(report))
    return report


def write_demo_reports(report: SessionReport, folder: Path) -> list[Path]:
    """Write the report as text and as HTML; return where.

    Raises:
        OperatorError: the folder cannot be written to.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in REPORTS.items():
            paths.append(folder / file)
            paths[-1].write_text(format_named(name).render(report), encoding="utf-8")
    except OSError as error:
        raise OperatorError(f"the folder {folder} cannot be written to: {error}", hint="name another one") from error
    return paths


def _sit(stage: _Stage, form: Form) -> None:
    for section in form.sections:
        stage.sitting.perform(cmd.OpenSection(section.id))
        stage.say(f"Section {section.id}: {section.title}, {duration(section.seconds)}.")
        for place, entry in enumerate(form.entries_of(section.id)):
            stage.sitting.perform(cmd.Show(entry.number))
            if isinstance(entry.item, Coding):
                _write_code(stage, entry, entry.item, place)
            else:
                _respond(stage, entry, place)
        left = stage.sitting.time_left()
        stage.say(f"Section {section.id} is left with {duration(left.section or 0)} on its clock.")
        stage.sitting.perform(cmd.LeaveSection())


def _respond(stage: _Stage, entry: FormEntry, place: int) -> None:
    """Answer one item: most of them rightly, the third wrongly, the sixth at the second try, the last not at all."""
    item, spec = entry.item, spec_of(entry.item)
    pace = 0.5 + keyed_number(entry.number, "pace") % 100 / 100
    right = spec.correct_response(item)
    what = f"Item {entry.number} ({spec.title.lower()}, {entry.domain})"
    if place == DEMO_ITEMS - 1:
        stage.spend(item.seconds * pace)
        stage.sitting.perform(cmd.Flag(entry.number, flagged=True))
        stage.say(f"{what}: flagged, and left blank.")
        return
    if place in (_WRONG_PLACE, _SECOND_TRY_PLACE):
        wrong = _wrong_response(entry)
        if wrong is not None:
            stage.spend(item.seconds * pace / 2)
            stage.sitting.perform(cmd.Respond(entry.number, wrong))
            stage.say(f"{what}: {spec.summarise(item, spec.response_model.model_validate(wrong), entry.order)}")
            if place == _WRONG_PLACE:
                return
            stage.say("  ... and on second thoughts:")
    stage.spend(item.seconds * pace)
    stage.sitting.perform(cmd.Respond(entry.number, right.model_dump(mode="json")))
    stage.say(f"{what}: {spec.summarise(item, right, entry.order)}")


def _wrong_response(entry: FormEntry) -> dict[str, object] | None:
    """Return a response that earns nothing, found by trying."""
    spec = spec_of(entry.item)
    for guess in _GUESSES:
        try:
            response = spec.parse_line(entry.item, guess, entry.order)
        except ValueError:
            continue
        if spec.score(entry.item, response, None).mark is Mark.WRONG:
            wrong: dict[str, object] = response.model_dump(mode="json")
            return wrong
    return None


def _write_code(stage: _Stage, entry: FormEntry, item: Coding, place: int) -> None:
    """Write a right, a half right or a hanging solution, edit by edit, and run the sample tests on the first."""
    text, word = _solution(stage.exercises[item.id], place)
    before = item.starter[SOLUTION]
    chunks = [text[: len(text) // 3], text[: 2 * len(text) // 3], text]
    for after in chunks:
        stage.spend(item.seconds * (0.2 + 0.05 * place))
        edit = FileEdit.between(SOLUTION, before, after)
        if edit is not None:
            stage.sitting.perform(cmd.EditFile(entry.number, edit))
        before = after
    lines = len(text.splitlines())
    stage.say(f"Item {entry.number}: {item.title}: {lines} lines written, a solution that {word}.")
    if place == 0:
        evidence = run_samples(stage.services, item, CodingResponse(files={SOLUTION: text}))
        passed = sum(test.outcome.value == "passed" for test in evidence.tests)
        stage.sitting.perform(cmd.NoteSamples(entry.number, evidence.verdict.value, passed, len(evidence.tests)))
        stage.say(f"  sample tests: {passed} of {len(evidence.tests)} passed")


def _solution(exercise: Exercise, place: int) -> tuple[str, str]:
    """Return a text and what it is: the reference, a known mistake worth about half, or a loop without end."""
    if place == 0:
        return exercise.reference.decode(), "is right"
    if place == 1:
        half = float(sum(part.points for part in exercise.package.item.parts)) / 2
        wrong = min(exercise.wrong, key=lambda one: (one.most == 0, abs(one.most - half)))
        mistake = f"{wrong.mistake[0].lower()}{wrong.mistake[1:].rstrip('.')}"
        return exercise.wrong_files[wrong.file].decode(), f"is half right ({mistake})"
    return exercise.reference.decode() + _HANGING_END, "never ends"


def _narrate_grading(say: Callable[[str], None], entry: FormEntry, evidence: Evidence | None) -> None:
    if evidence is None:
        say(f"Grading item {entry.number} ...")
        return
    passed = sum(test.outcome.value == "passed" for test in evidence.tests)
    level = f", isolation level {evidence.isolation.level.value}" if evidence.isolation else ""
    say(
        f"  {evidence.verdict.value}: {passed} of {len(evidence.tests)} hidden tests passed"
        f" in {evidence.seconds:.1f} s{level}. {evidence.message}"
    )
