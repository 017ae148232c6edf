"""The blueprints of the certifications: every figure is the published one, and what is not published says so."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Figure, Span
from examengine.bank.catalogue import find_blueprint, installed_folder
from examengine.bank.read import read_bank
from examengine.forms.audit import audit
from examengine.forms.eligible import may_stand_in
from examengine.forms.quotas import scored_items_by_domain

FACTS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "certification_facts.yaml").read_text(encoding="utf-8")
)
"""Collected by hand; `sources` names where each came from."""
CERTIFICATIONS = sorted(FACTS)


@pytest.fixture(scope="module")
def banks() -> Mapping[str, Bank]:
    shelf = installed_folder()
    assert shelf is not None
    read = {}
    for name in CERTIFICATIONS:
        reading = read_bank(shelf / name)
        assert reading.bank is not None, [str(problem) for problem in reading.problems]
        assert reading.problems == ()
        read[name] = reading.bank
    return read


def blueprint_of(bank: Bank) -> Blueprint:
    (blueprint,) = bank.blueprints
    return blueprint


def figures_of(blueprint: Blueprint) -> dict[str, Figure]:
    return {figure.name: figure for figure in blueprint.figures}


def exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def expect(blueprint: Blueprint, name: str, wanted: object) -> None:
    """A published figure is the fact; one that is not published is either missing or marked as ours."""
    figure = figures_of(blueprint).get(name)
    if wanted is None:
        assert figure is None or figure.basis == "assumed", f"{name} is not published"
        return
    assert figure is not None, f"{name} is missing"
    assert figure.basis in {"official", "published"}
    assert figure.value == wanted


def test_there_is_a_bank_for_each_certification() -> None:
    shelf = installed_folder()
    assert shelf is not None
    folders = {path.parent.name for path in shelf.glob("*/bank.yaml")}
    assert {*CERTIFICATIONS, "cmla"} <= folders
    assert len(CERTIFICATIONS) == 9


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_counts_and_duration_are_the_published_ones(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint, facts = blueprint_of(banks[name]), FACTS[name]
    questions = facts["questions"]
    expect(blueprint, "duration_minutes", exact(facts["duration_minutes"]))
    expect(blueprint, "seat_minutes", exact(facts.get("seat_minutes")))
    expect(blueprint, "scored_items", exact(questions["scored"]))
    expect(blueprint, "unscored_items", exact(questions["unscored"]))
    low, high = exact(questions["min"]), exact(questions["max"])
    assert low is not None
    expect(blueprint, "items", low if low == high else Span(low=low, high=high))
    total = sum(section.items + section.pretest + len(section.slots) for section in blueprint.sections)
    assert low <= total and (high is None or total <= high)
    if facts["duration_minutes"] is not None:
        assert blueprint.duration_minutes == facts["duration_minutes"]
    if questions["scored"] is not None:
        assert sum(section.items + len(section.slots) for section in blueprint.sections) == questions["scored"]
    if questions["unscored"] is not None:
        assert sum(section.pretest for section in blueprint.sections) == questions["unscored"]
    expect(blueprint, "item_types", tuple(facts["item_types"]))


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_domains_and_weights_are_the_published_ones(name: str, banks: Mapping[str, Bank]) -> None:
    bank, facts = banks[name], FACTS[name]
    blueprint = blueprint_of(bank)
    assert [domain.id for domain in blueprint.domains] == [domain.id for domain in bank.manifest.domains]
    assert [domain.title for domain in bank.manifest.domains] == [domain["title"] for domain in facts["domains"]]
    for domain, own, fact in zip(bank.manifest.domains, blueprint.domains, facts["domains"], strict=True):
        assert [objective.title for objective in domain.objectives] == fact["topics"]
        assert own.weight == exact(fact.get("weight"))
        wanted = fact.get("weight_range")
        assert own.weight_range == (Span(low=wanted[0], high=wanted[1]) if wanted else None)
    has_weights = any(fact.get("weight") or fact.get("weight_range") for fact in facts["domains"])
    assert ("domain_weights" in figures_of(blueprint)) is has_weights


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_scale_and_cut_are_the_published_ones(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint, facts = blueprint_of(banks[name]), FACTS[name]["scoring"]
    scoring = blueprint.scoring
    assert scoring.basis == "assumed"  # where the cut lies in points is published for none of them
    assert figures_of(blueprint)["cut_percent"].basis == "assumed"
    assert scoring.hidden is (facts["kind"] == "pass_fail_hidden")
    expect(blueprint, "cut_score", exact(facts["pass"]))
    if facts["kind"].startswith("scaled"):
        assert scoring.kind == "scaled"
        assert (scoring.min, scoring.max, scoring.cut) == (facts["scale_min"], facts["scale_max"], facts["pass"])
        expect(blueprint, "scale", Span(low=facts["scale_min"], high=facts["scale_max"]))
    else:
        assert "scale" not in figures_of(blueprint)
    if facts["kind"] == "per_task_points":
        points = [points for section in blueprint.sections for slot in section.slots for points in slot.points.values()]
        assert points == [facts["scale_max"]] * 5


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_validity_and_retakes_are_the_published_ones(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint, rules = blueprint_of(banks[name]), FACTS[name]["rules"]
    expect(blueprint, "validity_months", exact(rules["validity_months"]))
    retake = rules["retake"] or {}
    if "waits_days" in retake:
        wait: object = tuple(Fraction(days) for days in retake["waits_days"])
    elif "first_wait_hours" in retake:
        wait = (Fraction(retake["first_wait_hours"], 24), Fraction(retake["next_wait_days"]))
    else:
        wait = exact(retake.get("wait_days"))
    expect(blueprint, "retake_wait_days", wait)
    expect(blueprint, "retake_attempts", exact(retake.get("max_attempts")))
    expect(blueprint, "retake_window_months", exact(retake.get("window_months")))
    expect(blueprint, "retake_after_pass_months", exact(retake.get("after_pass_wait_months")))


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_status_edition_and_dates_are_the_published_ones(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint, facts = blueprint_of(banks[name]), FACTS[name]
    status = blueprint.status
    assert (status.state, status.as_of) == (facts["status"], date(2026, 11, 21))
    assert status.dates == {event.replace("_", "-"): day for event, day in facts["status_dates"].items()}
    assert (blueprint.version, blueprint.vendor, blueprint.confidence) == (
        facts["version"],
        facts["vendor"],
        facts["confidence"],
    )
    assert blueprint.title == f"{facts['title']} mock exam"
    if "replaced_by" in facts:
        assert status.replaced_by == f"{facts['replaced_by']}.mock"
    elif status.replaced_by is not None:
        assert status.replaced_basis == "inferred"


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_figures_and_sources_hold_together(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint, facts = blueprint_of(banks[name]), FACTS[name]
    sources = {source.id: source for source in blueprint.sources}
    known = {source["ref"].split(" ")[0]: source["date"] for source in facts["sources"]}
    for source in blueprint.sources:
        assert source.url is None or (source.url in known and source.dated == known[source.url])
        assert source.verified == date(2026, 11, 21)
    own_hosts = ("google.com", "microsoft.com", "amazon.com")
    for figure in blueprint.figures:
        if figure.basis == "official":
            url = sources[figure.source].url
            assert url is not None and url.split("/")[2].endswith(own_hosts)
    shown = [fact.text for fact in blueprint.shown_facts]
    assert len(shown) == len(set(shown)) == len(blueprint.figures) + len(blueprint.facts)


def test_a_retired_exam_names_an_exam_that_exists(banks: Mapping[str, Bank]) -> None:
    successors = {name: blueprint_of(bank).status.replaced_by for name, bank in banks.items()}
    assert {name for name, successor in successors.items() if successor} == {"ms-ai-102", "aws-mla-c01", "aws-mls-c01"}
    for successor in successors.values():
        if successor is not None:
            assert find_blueprint(successor).blueprint.id == successor


@pytest.mark.parametrize("name", CERTIFICATIONS)
def test_every_domain_gets_its_share_of_the_items(name: str, banks: Mapping[str, Bank]) -> None:
    blueprint = blueprint_of(banks[name])
    quotas = scored_items_by_domain(blueprint)
    if not any(section.items for section in blueprint.sections):
        assert quotas is None
        return
    assert quotas is not None
    total = sum(section.items for section in blueprint.sections)
    assert sum(quotas.values()) == total
    sum_of_weights = sum(domain.weight or 0 for domain in blueprint.domains)
    for domain in blueprint.domains:
        if domain.weight is not None:
            assert abs(quotas[domain.id] - domain.weight * total / sum_of_weights) < 1
        elif domain.weight_range is not None:
            assert domain.weight_range.holds(Fraction(100 * quotas[domain.id], total))


def test_what_a_certification_draws_from_other_banks_is_there_and_can_stand_in_its_sections() -> None:
    shelf = installed_folder()
    assert shelf is not None
    drawn_from_others: dict[str, set[str]] = {}
    for name in [*CERTIFICATIONS, "cmla"]:
        found = find_blueprint(f"{name}.mock")
        for domain in found.blueprint.domains:
            # What the bank has for the domain itself goes on being drawn.
            if domain.draws and name != "cmla":
                assert domain.draws[0] == f"{name}.{domain.id}"
            for draw in domain.draws:
                owner, _, drawn = draw.partition(".")
                bank = found.banks[owner]
                domains = {one.id for one in bank.manifest.domains}
                objectives = {one.id for each in bank.manifest.domains for one in each.objectives}
                assert drawn in domains | objectives, f"{name} draws {draw}"
                if owner == name:
                    continue
                drawn_from_others.setdefault(name, set()).add(draw)
                items = [item for item in bank.items if drawn in (item.objective, bank.domain_of(item.objective))]
                sections = found.blueprint.sections
                assert any(may_stand_in(item, section) for item in items for section in sections if section.items)
    assert set(drawn_from_others) == {"aws-mla-c01", "aws-mls-c01", "cmla", "databricks-ml-associate"}


@pytest.mark.parametrize("name", ["aws-mla-c01", "aws-mls-c01", "databricks-ml-associate"])
def test_the_audit_counts_what_is_drawn_from_the_foundations(name: str) -> None:
    found = find_blueprint(f"{name}.mock")
    whole = audit(found.blueprint, found.banks)
    own = found.blueprint.model_copy(
        update={"domains": tuple(one.model_copy(update={"draws": ()}) for one in found.blueprint.domains)}
    )
    alone = audit(own, found.banks)
    assert whole.items_to_write < alone.items_to_write
    assert whole.items_to_write > 0  # what is the vendor's own is not in the foundations
