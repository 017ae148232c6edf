"""The two banks of the CMLA mock: they are sound, the mock can be sat, the exercises are what they claim."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from banks.instances import BANKS, bank_named
from examengine.delivery.check_banks import check_named_banks
from examengine.delivery.exercise_solutions import grade_solution, own_solutions
from examengine.delivery.services import Services
from examengine.delivery.start_session import assemble_exam
from examengine.forms.form import Form
from examengine.itemtypes.registry import spec_of

NAMES = ("cmla", "foundations")
EXERCISES = {Path(one.folder).name: one for name in NAMES for one in bank_named(name).exercises}
WRONG = sorted(f"{name}/{wrong.file}" for name, one in EXERCISES.items() for wrong in one.wrong)
TYPES = {
    "multiple_choice": 24,
    "multiple_response": 10,
    "numeric": 6,
    "gap_choice": 3,
    "yes_no_series": 2,
    "ordering": 2,
    "matching": 2,
    "short_text": 1,
}


@pytest.fixture(scope="module")
def real_services(tmp_path_factory: pytest.TempPathFactory):
    services = Services(home=tmp_path_factory.mktemp("home"))
    yield services
    services.close()


@pytest.fixture(scope="module")
def forms(real_services: Services) -> list[Form]:
    return [assemble_exam(real_services, "cmla.mock", seed)[0] for seed in range(8)]


@pytest.mark.parametrize("name", NAMES)
def test_the_bank_has_neither_error_nor_flaw(real_services: Services, name: str):
    (checked,) = check_named_banks(real_services, [str(BANKS / name)])
    assert [str(problem) for problem in checked.problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_key_earns_full_marks(name: str):
    for item in bank_named(name).items:
        spec = spec_of(item)
        score = spec.score(item, spec.correct_response(item), None)
        assert score.earned == score.possible, item.id


def test_the_mock_has_the_counts_of_its_blueprint_for_every_seed(forms: list[Form]):
    for form in forms:
        a, b = form.entries_of("a"), form.entries_of("b")
        assert (len(a), len(b), sum(entry.pretest for entry in form.entries)) == (50, 4, 5)
        assert Counter(entry.item.type for entry in a) == TYPES
        scored = Counter(entry.domain for entry in a if not entry.pretest)
        wanted = {"math": 8, "data": 5, "classical": 8, "deep": 5, "evaluation": 6, "mlops": 7, "responsible": 6}
        assert scored == wanted


def test_the_points_by_domain_are_the_weights_of_the_blueprint(forms: list[Form]):
    for form in forms:
        points: Counter[str] = Counter()
        for entry in form.entries:
            if entry.pretest:
                continue
            parts = getattr(entry.item, "parts", None)
            for domain, worth in (
                [(part.domain, part.points) for part in parts] if parts else [(entry.domain, entry.points)]
            ):
                points[domain] += worth
        assert sum(points.values()) == form.points_possible() == 300
        assert {domain.id: domain.weight for domain in form.domains} == {
            name: Fraction(worth, 3) for name, worth in points.items()
        }


def test_no_item_stands_twice_and_no_enemies_meet(forms: list[Form]):
    for form in forms:
        ids = [entry.item.id for entry in form.entries]
        assert len(set(ids)) == len(ids)
        for entry in form.entries:
            assert not set(entry.item.enemies) & set(ids), entry.item.id


def test_seeds_give_different_forms_and_orders(forms: list[Form]):
    assert len({form.digest() for form in forms}) == len(forms)
    orders = {entry.order for form in forms for entry in form.entries if entry.item.type == "multiple_choice"}
    assert len(orders) >= 20


@pytest.mark.ml
@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_the_reference_earns_everything_and_the_starter_nothing(real_services: Services, name: str):
    reference, starter, *_ = own_solutions(EXERCISES[name])
    for solution in (reference, starter):
        result = grade_solution(EXERCISES[name], solution.content, real_services.grading)
        assert solution.least <= result.earned <= solution.most, result.evidence


@pytest.mark.ml
@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_solution_earns_at_most_what_it_states_and_loses_something(real_services: Services, wrong: str):
    name, file = wrong.split("/", 1)
    solution = next(one for one in own_solutions(EXERCISES[name]) if one.file == file)
    result = grade_solution(EXERCISES[name], solution.content, real_services.grading)
    assert result.earned <= solution.most < result.possible, result.evidence
