"""The reports that every format must render, made through the whole pure pipeline: form, journal, evidence, scores."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from examengine.bank.blueprint import Scoring, Status
from examengine.core.clock import Reading
from examengine.core.evidence import Evidence, Isolation, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.forms.form import Form, FormDomain, FormEntry, FormSection
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import read_item
from examengine.reports.build import build_report
from examengine.reports.session_report import SessionReport
from examengine.scoring.score_form import score_form
from examengine.session import events as ev
from examengine.session.events import Event, Recorded
from examengine.session.state import SessionState, replay

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC).timestamp()
HALF_RIGHT = "def double(x):\n    return x * 2 if x else 0  # [/] x[i] = y[j] ```\n"
HOSTILE_STEM = (
    "Given `x[i] = y[j]` and [bold]markup[/bold] [/], which type is `list[int]`?\n\n"
    "| a | b |\n|---|---|\n| 1 | <script>alert(1)</script> |\n\n"
    "$\\text{<script>}$ and $\\frac{1}{2}$ ![a curve](figures/roc.png) \x1b[31mred"
)


_COMMON: dict[str, Any] = {
    "objective": "evaluation.metrics",
    "difficulty": "intermediate",
    "cognitive": "apply",
    "rationale": "Recall asks about the positives that exist.",
    "references": [{"title": "A page", "url": "https://example.org/page"}],
    "verified": "2026-11-21",
    "seconds": 90,
}


def _options(*texts: str) -> list[dict[str, str]]:
    return [{"id": chr(97 + n), "text": text, "rationale": f"About {text}."} for n, text in enumerate(texts)]


def _choice(number: int, **over: Any) -> Item:
    own = {
        "id": f"demo.evaluation.item-{number}",
        "type": "multiple_choice",
        "stem": f"Item {number}: which share of the positives does recall count?",
        "options": _options("those predicted", "those found", "those missed", "those drawn"),
        "key": "b",
    }
    return read_item(_COMMON | own | over)


def _several(number: int) -> Item:
    own = {
        "id": f"demo.evaluation.item-{number}",
        "type": "multiple_response",
        "stem": f"Item {number}: which need labels? Choose TWO.",
        "options": _options("recall", "inertia", "precision", "silhouette", "stress"),
        "keys": ["a", "c"],
        "choose": 2,
        "rule": "net_correct",
    }
    return read_item(_COMMON | own)


def _number(number: int) -> Item:
    own = {
        "id": f"demo.evaluation.item-{number}",
        "type": "numeric",
        "stem": f"Item {number}: what is a quarter of one?",
        "answer": 0.25,
        "tolerance": [{"absolute": 0.001}],
        "slips": [{"value": 4, "rationale": "Turns the fraction over."}],
    }
    return read_item(_COMMON | own)


def _exercise(number: int, title: str) -> Item:
    own = {
        "id": f"demo.ex.double-{number}",
        "type": "coding",
        "title": title,
        "stem": "Write `double(x)`, which returns `x + x`.",
        "minutes": 10,
        "seconds": 600,
        "parts": [
            {
                "id": "numbers",
                "title": "Numbers",
                "points": 20,
                "domain": "evaluation",
                "tests": ["test_zero", "test_negative"],
            },
            {"id": "text", "title": "Text", "points": 5, "domain": "data", "tests": ["test_text"]},
        ],
        "starter": {"solution.py": "def double(x):\n    ...\n"},
        "sample_tests": {"test_sample.py": "def test_nothing(): ...\n"},
        "package_digest": f"digest-of-double-{number}",
    }
    return read_item(_COMMON | own)


def _entry(number: int, item: Item, **over: Any) -> FormEntry:
    fields: dict[str, Any] = {
        "number": number,
        "section": "a",
        "domain": "evaluation",
        "points": Fraction(25 if item.type == "coding" else 4),
        "order": item.option_ids(),
        "digest": f"digest-{number}",
        "item": item,
    }
    return FormEntry(**(fields | over))


def a_full_form() -> Form:
    """Return an exam with every item type, a pretest item, floors, and text that wants to break out."""
    hostile = _choice(
        5,
        stem=HOSTILE_STEM,
        options=_options("`list[int]`", "[red]dict[/]", "a | b", "```python\nx[i] = y[j]\nx = 2\n```"),
        references=[{"title": "No address"}],
    )
    return Form(
        blueprint="demo.mock",
        title="Demo exam",
        kind="exam",
        seed=7,
        bank_digest="0" * 64,
        seconds=6000.0,
        sections=(
            FormSection(id="a", title="Multiple choice", seconds=600.0, navigation="free", leave="locks"),
            FormSection(id="b", title="Programming", seconds=4800.0, navigation="free", leave="locks"),
        ),
        domains=(
            FormDomain(id="evaluation", title="Evaluation and experimentation of models", weight=Fraction(80)),
            FormDomain(id="data", title="Data", weight=Fraction(20)),
        ),
        entries=(
            _entry(1, _choice(1), order=("c", "b", "a", "d")),
            _entry(2, _several(2)),
            _entry(3, _number(3)),
            _entry(4, hostile, domain="data"),
            _entry(5, _choice(6), pretest=True),
            _entry(6, _exercise(7, "Double it"), section="b"),
            _entry(7, _exercise(8, "Double it again"), section="b"),
        ),
        scoring=Scoring(
            kind="scaled",
            min=Fraction(0),
            max=Fraction(1000),
            cut=Fraction(700),
            cut_raw_percent=Fraction(70),
            basis="assumed",
            section_floor_percent={"a": Fraction(50), "b": Fraction(50)},
        ),
        status=Status(state="proposed", as_of=datetime(2026, 11, 21, tzinfo=UTC).date()),
    )


def a_drill_form() -> Form:
    """Return an untimed drill of three items with immediate feedback."""
    return Form(
        blueprint="demo.drill",
        title="Drill: Evaluation",
        kind="drill",
        seed=7,
        bank_digest="0" * 64,
        seconds=None,
        sections=(FormSection(id="a", title="Drill", seconds=600.0, navigation="free", leave="locks"),),
        domains=(FormDomain(id="evaluation", title="Evaluation"),),
        entries=(_entry(1, _choice(1)), _entry(2, _several(2)), _entry(3, _number(3))),
        scoring=Scoring(kind="percent", cut=Fraction(70), cut_raw_percent=Fraction(70), basis="assumed"),
        feedback="immediate",
    )


def at(seconds: float) -> Reading:
    """Return the moment that many seconds after the start."""
    return Reading(monotonic=1000.0 + seconds, wall=START + seconds, boot="boot-1")


def a_full_journal(form: Form) -> list[Recorded]:
    """Return a sitting that was killed once: right, partly right, a slip, wrong, blank, half right, open."""
    steps: list[tuple[float, Event]] = [
        (0, ev.Started(form_digest=form.digest())),
        (0, ev.RunOpened()),
        (10, ev.SectionOpened(section="a")),
        (10, ev.ItemShown(number=1)),
        (40, ev.ResponseGiven(number=1, response={"option": "a"})),
        (70, ev.ResponseGiven(number=1, response={"option": "b"})),
        (80, ev.ItemShown(number=2)),
        (120, ev.ResponseGiven(number=2, response={"options": ["a", "b"]})),
        (130, ev.ItemShown(number=3)),
        (160, ev.ResponseGiven(number=3, response={"text": "4"})),
        (170, ev.ItemShown(number=4)),
        (200, ev.ResponseGiven(number=4, response={"option": "c"})),
        (210, ev.Flagged(number=4, flagged=True)),
        (
            330,
            ev.RunOpened(last_alive=at(212), gap_seconds=118.0, charged_seconds=0.0, cause="killed"),
        ),
        (340, ev.ItemShown(number=5)),
        (350, ev.SectionClosed(section="a", reason="left")),
        (360, ev.SectionOpened(section="b")),
        (360, ev.ItemShown(number=6)),
        (900, ev.ResponseGiven(number=6, response={"files": {"solution.py": HALF_RIGHT}})),
        (910, ev.ItemShown(number=7)),
        (1500, ev.ResponseGiven(number=7, response={"files": {"solution.py": "def double(x):\n    return x + x\n"}})),
        (1510, ev.SectionClosed(section="b", reason="submitted")),
        (1510, ev.Submitted(reason="candidate")),
    ]
    return [Recorded(at=at(seconds), event=event) for seconds, event in steps]


def a_full_state(form: Form) -> SessionState:
    """Return the end of that sitting."""
    return replay(form, a_full_journal(form))


def half_right_evidence() -> Evidence:
    """Return what the hidden tests say of code that works for numbers alone."""
    names = ("test_zero", "test_negative", "test_text")
    outcomes = (TestStatus.PASSED, TestStatus.PASSED, TestStatus.FAILED)
    return Evidence(
        verdict=Verdict.FAILED,
        tests=tuple(
            TestOutcome(
                id=f"test_hidden.py::{name}",
                outcome=outcome,
                message="" if outcome is TestStatus.PASSED else "expected 'abab', but got 'ab' | [/]",
            )
            for name, outcome in zip(names, outcomes, strict=True)
        ),
        message="1 of 3 tests failed.",
        output="hello\n",
        isolation=Isolation(level=IsolationLevel.A),
        seconds=0.2,
    )


def unavailable_evidence() -> Evidence:
    """Return what is kept when the grader itself had trouble."""
    return Evidence(verdict=Verdict.UNAVAILABLE, message="The grader could not start here.")


def exam_report(evidence: dict[int, Evidence] | None = None, **over: Any) -> SessionReport:
    """Return the report of the full exam."""
    form = a_full_form()
    state = a_full_state(form)
    found = {6: half_right_evidence(), 7: unavailable_evidence()} if evidence is None else evidence
    scores = score_form(form, state.responses, found)
    return build_report("6920301600000001", form, state, found, scores, a_full_journal(form)).model_copy(update=over)


def a_drill_journal(form: Form) -> list[Recorded]:
    """Return a drill in which one item is right, one wrong and then right when answered anew, and one not reached."""
    steps: list[tuple[float, Event]] = [
        (0, ev.Started(form_digest=form.digest())),
        (0, ev.RunOpened()),
        (1, ev.SectionOpened(section="a")),
        (1, ev.ItemShown(number=1)),
        (31, ev.ResponseGiven(number=1, response={"option": "b"})),
        (32, ev.ItemChecked(number=1)),
        (33, ev.ItemShown(number=2)),
        (63, ev.ResponseGiven(number=2, response={"options": ["b", "d"]})),
        (63, ev.CertaintyRated(number=2, certainty="sure")),
        (64, ev.ItemChecked(number=2)),
        (70, ev.ItemRetried(number=2)),
        (90, ev.ResponseGiven(number=2, response={"options": ["a", "c"]})),
        (91, ev.ItemChecked(number=2)),
        (95, ev.Submitted(reason="candidate")),
    ]
    return [Recorded(at=at(seconds), event=event) for seconds, event in steps]


def drill_report() -> SessionReport:
    """Return the report of that drill."""
    form = a_drill_form()
    state = replay(form, a_drill_journal(form))
    scores = score_form(form, state.counted_responses, {})
    return build_report("6920301600000002", form, state, {}, scores, a_drill_journal(form))


def a_rushed_journal(form: Form) -> list[Recorded]:
    """Return a sitting that ran out of time in both sections, with a break, notes, certainty and second thoughts."""
    hours = 600 + 300
    steps: list[tuple[float, Event]] = [
        (0, ev.Started(form_digest=form.digest())),
        (0, ev.RunOpened()),
        (0, ev.SectionOpened(section="a")),
        (0, ev.ItemShown(number=1)),
        (30, ev.ResponseGiven(number=1, response={"option": "b"})),
        (31, ev.CertaintyRated(number=1, certainty="guess")),
        (32, ev.NoteWritten(number=1, text="Recall: of those that *exist*.\n</pre><b>not bold</b>")),
        (60, ev.ItemShown(number=2)),
        (100, ev.OptionsStruck(number=2, options=("b", "e"))),
        (110, ev.ResponseGiven(number=2, response={"options": ["b", "d"]})),
        (111, ev.CertaintyRated(number=2, certainty="sure")),
        (112, ev.NoteWritten(number=None, text="come back to 3")),
        (120, ev.ItemShown(number=3)),
        (120.5, ev.ItemShown(number=4)),
        (121, ev.ItemShown(number=5)),
        (121.5, ev.ItemShown(number=4)),
        (300, ev.ResponseGiven(number=4, response={"option": "b"})),
        (310, ev.ItemShown(number=1)),
        (330, ev.ResponseGiven(number=1, response={"option": "c"})),
        (340, ev.ItemShown(number=4)),
        (400, ev.ResponseGiven(number=4, response={"option": "a"})),
        (401, ev.CertaintyRated(number=4, certainty="sure")),
        (600, ev.SectionClosed(section="a", reason="time_up")),
        (600, ev.BreakStarted(stops_clock=True, seconds=600, locked=())),
        (hours, ev.BreakEnded(reason="candidate")),
        (hours, ev.SectionOpened(section="b")),
        (hours, ev.ItemShown(number=6)),
        (hours + 4000, ev.ResponseGiven(number=6, response={"files": {"solution.py": HALF_RIGHT}})),
        (hours + 4800, ev.SectionClosed(section="b", reason="time_up")),
        (hours + 4800, ev.Submitted(reason="time_up")),
    ]
    return [Recorded(at=at(seconds), event=event) for seconds, event in steps]


def rushed_report() -> SessionReport:
    """Return the report of that sitting."""
    form = a_full_form().model_copy(update={"bank_versions": {"demo": "1.2.3"}})
    journal = a_rushed_journal(form)
    state = replay(form, journal)
    evidence = {6: half_right_evidence()}
    scores = score_form(form, state.counted_responses, evidence)
    return build_report("6920301600000003", form, state, evidence, scores, journal)


CANONICAL_REPORTS = {"exam": exam_report, "drill": drill_report, "rushed": rushed_report}
"""Name to report: one row each; every format has a golden file for each."""
