"""A bank of every type is read, sat in line mode, and reported in every format with keys and rationales."""

import io
from pathlib import Path

import pytest

from builders import open_sitting, services_in, store_session
from examengine.bank.read import read_bank
from examengine.delivery.grade_session import grade_session
from examengine.delivery.read_report import read_report
from examengine.delivery.services import Services
from examengine.delivery.show_bank import show_item
from examengine.delivery.start_session import assemble_exam
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.registry import spec_of
from examengine.plain.line_source import LineSource
from examengine.plain.session_loop import SessionLoop
from examengine.reports.formats import REPORT_FORMATS
from itemtypes.test_promises import typed

BANK = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "types"


@pytest.fixture
def own(services: Services) -> Services:
    return services_in(services.home, clock=services.clock, bank_folders=(BANK,))


@pytest.fixture
def form(own: Services) -> Form:
    return assemble_exam(own, "types.exam", 3)[0]


def right_line(entry: FormEntry) -> str:
    spec = spec_of(entry.item)
    correct = spec.correct_response(entry.item)
    return correct.text if entry.item.type == "short_text" else typed(entry.item, correct, entry.order)


def sit(own: Services, form: Form, lines: list[str]) -> tuple[str, str]:
    """Return what was said, and the session's id."""
    session, out = store_session(own, form), io.StringIO()
    with open_sitting(own, session) as sitting:
        SessionLoop(own, sitting, LineSource([f"{line}\n" for line in lines]), out, asks=False).run()
    grade_session(own, session)
    return out.getvalue(), session


def test_the_bank_is_sound():
    reading = read_bank(BANK)
    assert reading.problems == ()
    assert len({item.type for item in reading.bank.items}) == len(reading.bank.items) == 6


def test_orders_of_a_form_are_those_of_the_seed(own: Services, form: Form):
    again, other = (assemble_exam(own, "types.exam", seed)[0] for seed in (3, 4))
    assert form == again
    orders = {entry.item.id: entry.order for entry in form.entries}
    assert all(set(entry.order) == set(entry.item.option_ids()) for entry in form.entries)
    assert orders != {entry.item.id: entry.order for entry in other.entries}


def test_right_lines_earn_everything_in_line_mode(own: Services, form: Form):
    script = [part for entry in form.entries for part in (f"answer {right_line(entry)}", "next")]
    _, session = sit(own, form, [*script, "submit"])
    report = read_report(own, session)
    assert report.earned == report.possible == 24
    assert {item.mark for item in report.items} == {"right"}


def test_line_mode_reads_out_all_that_is_asked_and_nothing_of_the_key(own: Services, form: Form):
    said, _ = sit(own, form, ["next"] * 6 + ["submit"])
    for words in (
        "Answer Yes or No for each statement.",
        "The inertia of a clustering",
        "Put 3 of these 4 in order.",
        "Match each row with an option; an option may be used once.",
        "1. Recall",
        "train = scaler.[gap 1](x_train[[cols]])",
        "Gap 2:",
        "Type the answer. Upper or lower case and extra blanks do not matter.",
    ):
        assert words in said, words
    for item in read_bank(BANK).bank.items:
        assert item.rationale not in said


def test_every_format_tells_key_response_and_rationale(own: Services, form: Form):
    wrong = {"yes_no_series": "Y Y Y", "ordering": "A B C", "matching": "A B C", "gap_choice": "A A"}
    wrong |= {"short_text": "Accuracy", "multiple_choice": "A"}
    script = [part for entry in form.entries for part in (f"answer {wrong[entry.item.type]}", "next")]
    _, session = sit(own, form, [*script, "submit"])
    report = read_report(own, session)
    for name, one in REPORT_FORMATS.items():
        text = " ".join(one.render(report).split())
        for words in (
            "No; you said Yes",
            "It needs distances alone.",
            "That is the share of all that was judged rightly.",
            "Then they are no test any more.",
            "matches none",
        ):
            assert words in text, (name, words)
    assert "scaler.\u20391\u203a(x_train[[cols]])" in REPORT_FORMATS["markdown"].render(report)


@pytest.mark.parametrize("name", ["needs-labels", "steps", "divisors", "scaling", "name"])
def test_bank_show_tells_the_key_to_its_author(own: Services, name: str):
    text = show_item(own, "types", f"metrics.{name}").text
    told = {
        "needs-labels": "2 [No] The inertia of a clustering",
        "steps": "1 [place 1] Split the rows",
        "divisors": "1 [Actual positives] Recall",
        "scaling": "1B [key] fit_transform",
        "name": "F1 score [key]",
    }
    assert told[name] in text
