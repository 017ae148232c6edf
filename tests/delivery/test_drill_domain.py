"""A drill of the domain that a finished session showed to be weak."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.bank_folder import FILES, MANIFEST, OTHER_ITEMS, replaced, write_bank
from builders import services_in
from examengine.core.errors import UsageError
from examengine.delivery.drill_domain import drill_domain
from examengine.delivery.list_exams import exams_and_domains
from examengine.delivery.open_pool import open_pool, open_pool_of_form
from examengine.delivery.services import Services
from examengine.delivery.start_session import count_fitting, start_drill
from examengine.forms.drill import DrillChoice
from examengine.forms.form import Form
from fakes.clock import FakeClock
from reports.canonical_reports import exam_report

NO_EXERCISE: dict[str, str | bytes | None] = {name: None for name in FILES if name.startswith("exercises/")}


@pytest.fixture
def banked(tmp_path: Path, clock: FakeClock) -> Iterator[Services]:
    """Offer a bank whose exam draws its domain beta from another bank, too."""
    exam = FILES["exams/mock.yaml"].replace("items: 1}\nscoring", "items: 1, draws: [demo.beta, other.beta]}\nscoring")
    assert "other.beta" in exam
    demo = write_bank(tmp_path / "demo", {"exams/mock.yaml": exam})
    other = NO_EXERCISE | {
        "exams/mock.yaml": None,
        "items/alpha/choice.yaml": None,
        "bank.yaml": MANIFEST.replace("id: demo", "id: other"),
        "items/beta/others.yaml": OTHER_ITEMS.replace("demo.", "other."),
    }
    services = services_in(tmp_path / "data", clock=clock, bank_folders=[demo, write_bank(tmp_path / "other", other)])
    yield services
    services.close()


def form_of(services: Services, session: str) -> Form:
    return services.store.read_form(services.store.read_session(session).form_digest)


def test_the_drill_holds_all_that_the_exam_draws_for_the_domain_and_as_many_as_there_are(banked: Services) -> None:
    form = form_of(banked, drill_domain(banked, exam_report(blueprint="demo.mock"), "beta"))
    assert (form.kind, form.blueprint) == ("drill", "demo.mock.drill")
    assert {entry.item.id for entry in form.entries} == {"demo.beta.half", "other.beta.half"}
    assert {entry.domain for entry in form.entries} == {"beta"}
    assert form.bank_versions == {"demo": "1.0.0", "other": "1.0.0"}


def test_a_drill_after_a_drill_is_of_the_same_pool(banked: Services) -> None:
    first = form_of(banked, start_drill(banked, "demo", DrillChoice(domains=("alpha",), count=2), 1))
    assert open_pool_of_form(banked, first.blueprint).id == "demo"
    again = drill_domain(banked, exam_report(blueprint=first.blueprint), "beta")
    assert form_of(banked, again).blueprint == "demo.drill"


def test_where_the_exam_is_no_more_its_bank_stands_in(banked: Services) -> None:
    assert open_pool_of_form(banked, "demo.gone").id == "demo"


def test_a_bank_and_an_exam_can_be_named_and_an_unknown_exam_is_told(banked: Services) -> None:
    everything = DrillChoice(domains=("beta",), count=None)
    assert [count_fitting(banked, name, everything) for name in ("demo", "demo.mock", "other")] == [2, 2, 1]
    with pytest.raises(UsageError, match=r"bank demo has no exam 'demo.mick'"):
        open_pool(banked, "demo.mick")


def test_a_bank_in_a_folder_of_its_own_draws_on_those_that_are_offered(banked: Services, tmp_path: Path) -> None:
    folder = write_bank(
        tmp_path / "v1.2" / "mine",
        replaced("exams/mock.yaml", "items: 1}\nscoring", "items: 1, draws: [other.beta]}\nscoring"),
    )
    assert set(open_pool(banked, str(folder)).banks) == {"demo", "other"}


def test_the_domains_that_can_be_practised_are_those_of_the_exams_with_all_they_draw(banked: Services) -> None:
    _lines, domains = exams_and_domains(banked)
    by_name = {(domain.bank, domain.id): domain.objectives for domain in domains if domain.bank in ("demo", "other")}
    assert by_name == {
        ("demo", "alpha"): {"demo.alpha.basics"},
        ("demo", "beta"): {"demo.beta.basics", "other.beta.basics"},
        ("other", "alpha"): {"other.alpha.basics"},
        ("other", "beta"): {"other.beta.basics"},
    }


def test_a_domain_that_is_no_more_is_told(banked: Services) -> None:
    with pytest.raises(UsageError, match="there is no domain 'evaluation'"):
        drill_domain(banked, exam_report(blueprint="demo.mock"), "evaluation")


def test_a_bank_that_is_gone_is_told(services: Services) -> None:
    with pytest.raises(UsageError, match="demo"):
        drill_domain(services, exam_report(), "evaluation")
