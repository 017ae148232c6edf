"""A started exam avoids what the candidate's earlier exams held; a named seed gives its own form to everybody."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bank.bank_folder import write_bank
from builders import services_in
from examengine.bank.template.item_template import instance_key
from examengine.cli.form import form as form_command
from examengine.core.errors import BankError, UsageError
from examengine.delivery.assemble_forms import (
    assemble_forms,
    candidates_history,
    history_of_sessions,
    made_or_error,
)
from examengine.delivery.services import Services
from examengine.delivery.start_session import assemble_exam, prepare_exam, start_drill, start_exam
from examengine.forms.drill import DrillChoice
from examengine.forms.form import Form
from examengine.forms.history import history_of
from examengine.forms.shortfall import Shortfall
from forms.test_parameters import a_bank, a_template, exam

CMLA = Path(__file__).parents[2] / "question_banks" / "cmla"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    made = services_in(tmp_path, bank_folders=[CMLA])
    yield made
    made.close()


def form_of(services: Services, session: str) -> Form:
    return services.store.read_form(services.store.read_session(session).form_digest)


def ids_of(form: Form) -> set[str]:
    return {entry.item.id for entry in form.entries}


def test_the_second_exam_avoids_the_first_and_its_certificate_is_stored_with_it(services: Services):
    first = form_of(services, start_exam(services, "cmla.mock"))
    second = form_of(services, start_exam(services, "cmla.mock"))
    assert first.certificate.earlier_forms == 0
    proven = second.certificate
    assert proven.earlier_forms == 1
    assert proven.overlap == proven.least_overlap == len(ids_of(first) & ids_of(second))
    unaware, _ = assemble_exam(services, "cmla.mock", second.seed)
    assert len(ids_of(first) & ids_of(unaware)) > proven.overlap


def test_a_named_seed_gives_the_same_form_before_and_after_other_exams(services: Services):
    before = prepare_exam(services, "cmla.mock", 7).form
    start_exam(services, "cmla.mock", 7)
    assert prepare_exam(services, "cmla.mock", 7).form == before


def test_drills_count_as_use_and_not_as_earlier_forms(services: Services):
    drill = form_of(services, start_drill(services, "cmla", DrillChoice(count=5)))
    history = candidates_history(services)
    assert history.earlier == ()
    assert set(history.uses) == {entry.template or entry.item.id for entry in drill.entries}
    assert set(history.uses.values()) == {1}
    exam = form_of(services, start_exam(services, "cmla.mock"))
    assert exam.certificate.overlap == 0
    assert exam.certificate.exposure == exam.certificate.least_exposure


def test_sessions_to_avoid_are_named_by_their_ids(services: Services):
    session = start_exam(services, "cmla.mock", 3)
    history = history_of_sessions(services, [session, session])
    assert history.earlier == (frozenset(ids_of(form_of(services, session))),)
    with pytest.raises(UsageError, match="no session"):
        history_of_sessions(services, ["nothing"])
    assert history_of_sessions(services, []).seen == frozenset()


def test_an_instance_that_was_met_comes_with_other_numbers():
    bank = a_bank(a_template(values=2), others=0)
    met = exam(bank, 1)
    history = history_of([met])
    assert history.instances == {instance_key(one.template, one.parameters) for one in met.entries if one.template}
    from examengine.forms.assemble import assemble
    from forms.made_banks import make_blueprint

    blueprint = make_blueprint([{"id": "a", "items": 1}], [{"id": "alpha", "weight": 100}])
    for seed in range(6):
        again = assemble(blueprint, {"demo": bank}, seed, history)
        assert again.certificate.overlap == again.certificate.least_overlap == 1
        assert again.entries[0].parameters != met.entries[0].parameters


def test_parallel_forms_carry_versions_and_figures_like_single_ones(services: Services):
    forms, banks = assemble_forms(services, "cmla.mock", 5, forms=2, history=history_of([]))
    assert not ids_of(forms[0]) & ids_of(forms[1])
    versions = {name: bank.manifest.version for name, bank in banks.items()}
    assert set(versions) == {"cmla", "foundations"}
    assert [form.bank_versions for form in forms] == [versions] * 2
    with pytest.raises(BankError, match="cannot be assembled: a; not to be had together: x, y"):
        made_or_error("it", Shortfall(lines=("a",), missing=0, conflict=("x", "y")))


def run_form(services: Services, *words: str):
    done = CliRunner().invoke(form_command, [*words], obj=services, standalone_mode=False)
    assert done.exception is None, done.output
    return done.output


def test_the_command_shows_items_certificate_and_digest(services: Services):
    shown = json.loads(run_form(services, "cmla.mock", "--seed", "7", "--json"))
    made, _ = assemble_exam(services, "cmla.mock", 7)
    assert shown["form_digest"] == made.digest()
    assert shown["certificate"] == json.loads(made.certificate.model_dump_json())
    assert [one["id"] for one in shown["items"]] == [entry.item.id for entry in made.entries]
    assert "key" not in shown["items"][0]


def test_the_command_avoids_a_session_and_builds_forms_together(services: Services):
    session = start_exam(services, "cmla.mock", 7)
    shown = json.loads(run_form(services, "cmla.mock", "--seed", "7", "--avoid", session, "--json"))
    proven = shown["certificate"]
    assert proven["earlier_forms"] == 1
    assert proven["overlap"] == proven["least_overlap"] < 54
    both = json.loads(run_form(services, "cmla.mock", "--seed", "7", "--forms", "2", "--json"))
    assert [one["certificate"]["parallel"]["number"] for one in both["forms"]] == [1, 2]
    ids = [{item["id"] for item in one["items"]} for one in both["forms"]]
    assert not ids[0] & ids[1]
    words = run_form(services, "cmla.mock", "--seed", "7", "--avoid", session)
    assert f"items of earlier forms: {proven['overlap']}; least possible: {proven['overlap']}" in words


def test_a_blueprint_file_with_mix_and_time_is_read(tmp_path: Path, monkeypatch):
    folder = write_bank(tmp_path)
    blueprint = next(folder.glob("exams/*.yaml"))
    text = blueprint.read_text(encoding="utf-8")
    assert "items:" in text
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if line.strip().startswith("items:"))
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    lines[place:place] = [
        f"{indent}difficulty: {{advanced: {{at_most: 9}}}}",
        f"{indent}expected_minutes: {{at_least: 0.5, at_most: 90}}",
    ]
    blueprint.write_text("\n".join(lines) + "\n", encoding="utf-8")
    from examengine.bank.read import read_bank

    read = read_bank(folder)
    assert read.bank is not None, read
    section = next(one for one in read.bank.blueprints[0].sections if one.items)
    assert section.expected_minutes.seconds == (30, 5400)
    assert section.difficulty_bounds(next(iter(section.difficulty))) == (None, 9)
