"""No exam is offered that cannot be assembled, and what it lacks is said in words and numbers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.bank_folder import FILES, write_bank
from builders import services_in
from cli.test_main import run
from examengine.bank.check import check_bank
from examengine.bank.read import read_bank
from examengine.delivery import offer_exams
from examengine.delivery.audit_blueprint import audit_blueprint, audit_lines, what_is_missing
from examengine.delivery.list_exams import ExamLine, exams_and_domains, list_exams
from examengine.delivery.services import Services
from fakes.clock import FakeClock

EXAM = """id: demo.{name}
title: Exam {name}
duration_minutes: 10
sections:
  - {{id: a, title: Choice, minutes: 10, items: {items}, types: {{multiple_choice: {items}}}}}
domains:
  - {{id: alpha, items: {items}}}
scoring: {{kind: percent, cut: 70, cut_raw_percent: 70, basis: assumed}}
status: {{state: {state}, as_of: 2026-11-21{more}}}
"""
CHANGES: dict[str, str | bytes | None] = {name: None for name in FILES if name.startswith(("exams/", "exercises/"))} | {
    "exams/one.yaml": EXAM.format(name="one", items=1, state="active", more=""),
    "exams/three.yaml": EXAM.format(
        name="three", items=3, state="retired", more=", replaced_by: demo.one, replaced_basis: inferred, note: Gone"
    ),
}


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr("examengine.bank.catalogue.installed_folder", lambda: None)
    made = services_in(tmp_path / "data", clock=clock, bank_folders=[write_bank(tmp_path / "demo", CHANGES)])
    yield made
    made.close()


def by_id(services: Services) -> dict[str, ExamLine]:
    return {line.id: line for line in list_exams(services)}


def test_what_an_exam_lacks_is_told_and_it_comes_last(services: Services) -> None:
    lines = list_exams(services)
    assert [(line.id, line.lacks, line.trouble) for line in lines] == [
        ("demo.one", "", ""),
        ("demo.three", "2 items not written yet", ""),
    ]
    assert lines[1].status_note == "replaced by demo.one (inferred); Gone"
    assert all(line.can_be_practised for line in lines)


def test_an_exam_is_offered_as_soon_as_its_items_are_written(tmp_path: Path, services: Services) -> None:
    assert by_id(services)["demo.three"].lacks
    file = tmp_path / "demo" / "items" / "alpha" / "more.yaml"
    choice = next(text for name, text in FILES.items() if name.startswith("items/") and "demo.alpha.sky" in str(text))
    item = str(choice).split("\n- ")[0].rstrip() + "\n"
    file.write_text("".join(item.replace("demo.alpha.sky", f"demo.alpha.new{number}") for number in range(2)))
    assert by_id(services)["demo.three"].lacks == ""


def test_the_answer_is_kept_with_the_banks(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    before = by_id(services)

    def searched(*_: object) -> str:
        raise AssertionError("the answer was there")

    monkeypatch.setattr(offer_exams, "_why", searched)
    assert by_id(services) == before


def test_an_empty_bank_is_no_error_and_cannot_be_practised(services: Services, tmp_path: Path) -> None:
    for file in (tmp_path / "demo" / "items").rglob("*.yaml"):
        file.unlink()
    lines, domains = exams_and_domains(services)
    assert {(line.lacks, line.trouble, line.can_be_practised) for line in lines} == {("no items yet", "", False)}
    assert domains == []
    bank = read_bank(tmp_path / "demo").bank
    assert bank is not None
    assert [(one.code, one.severity) for one in check_bank(bank, lambda _: ("a fault",))] == [("no-items", "warning")]


def test_the_audit_says_what_to_write_in_lines(services: Services) -> None:
    audited = audit_blueprint(services, "demo.three")
    assert what_is_missing(audited.audit) == "2 items not written yet"
    lines = audit_lines(audited)
    assert "      1     3     2  alpha (Alpha): multiple_choice" in lines
    assert (
        "      1     2  demo.alpha.basics (1 foundational)" not in lines
    )  # two items of the domain: one of another type
    assert "to write: 2 items, 0 exercises" in lines
    assert audit_lines(audit_blueprint(services, "demo.one"))[-1] == "nothing is missing"


def test_enemies_are_told_once_every_count_is_met(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "demo" / "items" / "alpha" / "pair.yaml"
    choice = next(text for name, text in FILES.items() if name.startswith("items/") and "demo.alpha.sky" in str(text))
    item = str(choice).split("\n- ")[0].rstrip() + "\n  enemies: [demo.alpha.sky]\n"
    file.write_text("".join(item.replace("id: demo.alpha.sky", f"id: demo.alpha.new{number}") for number in range(2)))
    told = audit_blueprint(services, "demo.three").audit
    assert (told.items_to_write, told.is_met) == (0, False)
    assert "enem" in what_is_missing(told)
    assert by_id(services)["demo.three"].lacks == what_is_missing(told)


def test_several_forms_are_told_what_keeps_them_apart_though_every_count_is_met(
    services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "demo" / "items" / "alpha" / "three.yaml"
    choice = next(text for name, text in FILES.items() if name.startswith("items/") and "demo.alpha.sky" in str(text))
    item = str(choice).split("\n- ")[0].rstrip() + "\n"
    new = [item.replace("id: demo.alpha.sky", f"id: demo.alpha.new{number}") for number in range(5)]
    hub = new[0].rstrip() + f"\n  enemies: [demo.alpha.sky, {', '.join(f'demo.alpha.new{n}' for n in range(1, 5))}]\n"
    file.write_text("".join([hub, *new[1:]]))
    assert audit_lines(audit_blueprint(services, "demo.three"))[-1] == "nothing is missing"
    told = audit_blueprint(services, "demo.three", 2)
    assert told.audit.items_to_write == 0
    assert not told.audit.is_met
    assert audit_lines(told)[-1].startswith("2 forms with no item in common cannot all have: ")
    assert "are enemies" in what_is_missing(told.audit)
    file.write_text("".join(new))
    assert audit_lines(audit_blueprint(services, "demo.three", 2))[-1] == "nothing is missing"


def test_the_command_prints_json_and_fails_while_something_is_missing() -> None:
    found = run("bank", "audit", "tf-developer.mock", "--forms", "2", "--json")
    assert found.returncode == 1, found.stderr
    told = json.loads(found.stdout)
    assert (told["forms"], told["items_to_write"], told["exercises_to_write"]) == (2, 0, 10)
    plain = run("bank", "audit", "cmla")
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.splitlines()[-1] == "nothing is missing"
    assert run("bank", "audit", "nothing.there").returncode == 2
