"""The bank that ships with the program: it is sound, its mock can be sat, its exercises are what they claim."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from examengine.bank.read import read_bank
from examengine.delivery.check_banks import check_named_banks
from examengine.delivery.grade_submission import GradedSubmission, grade_by_exercise
from examengine.delivery.services import Services
from examengine.delivery.start_session import assemble_exam
from examengine.forms.form import Form
from examengine.itemtypes.registry import spec_of

FOLDER = Path(__file__).parents[2] / "question_banks" / "cmla"
BANK = read_bank(FOLDER).bank
EXERCISES = sorted(path.name for path in (FOLDER / "exercises").iterdir())
WRONG = sorted(f"{path.parents[1].name}/{path.name}" for path in FOLDER.glob("exercises/*/wrong/*.py"))


@pytest.fixture(scope="module")
def real_services(tmp_path_factory: pytest.TempPathFactory):
    services = Services(home=tmp_path_factory.mktemp("home"))
    yield services
    services.close()


@pytest.fixture(scope="module")
def forms(real_services: Services) -> list[Form]:
    return [assemble_exam(real_services, "cmla.mock", seed)[0] for seed in range(8)]


def test_the_bank_has_no_error(real_services: Services):
    (checked,) = check_named_banks(real_services, [str(FOLDER)])
    assert [str(problem) for problem in checked.errors] == []
    assert checked.items >= 90
    assert checked.exercises >= 8


def test_every_key_earns_full_marks():
    for item in BANK.items:
        spec = spec_of(item)
        score = spec.score(item, spec.correct_response(item), None)
        assert score.earned == score.possible, item.id


def test_the_mock_has_the_counts_of_its_blueprint_for_every_seed(forms: list[Form]):
    for form in forms:
        a, b = form.entries_of("a"), form.entries_of("b")
        assert (len(a), len(b), sum(entry.pretest for entry in form.entries)) == (50, 4, 5)
        assert Counter(entry.item.type for entry in a) == {"multiple_choice": 32, "multiple_response": 9, "numeric": 9}
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


def graded(services: Services, exercise: str, file: str) -> GradedSubmission:
    folder = FOLDER / "exercises" / exercise
    return grade_by_exercise(services, folder / file, folder)


@pytest.mark.ml
@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_earns_everything_and_the_starter_nothing(real_services: Services, exercise: str):
    reference, starter = graded(real_services, exercise, "reference.py"), graded(real_services, exercise, "starter.py")
    assert reference.earned == reference.possible, reference.evidence
    assert starter.earned == 0, starter.evidence


@pytest.mark.ml
@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_solution_earns_at_most_what_it_states_and_loses_something(real_services: Services, wrong: str):
    exercise, file = wrong.split("/")
    most = next(
        one.most
        for known in BANK.exercises
        if Path(known.folder).name == exercise
        for one in known.wrong
        if one.file == f"wrong/{file}"
    )
    result = graded(real_services, exercise, f"wrong/{file}")
    assert result.earned <= most < result.possible, result.evidence
