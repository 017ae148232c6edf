"""Figures of a certification in a blueprint: they agree with it, name their source, and read as sentences."""

from pathlib import Path

import pytest

from bank.bank_folder import problems_of, write_bank
from examengine.bank.figures_published import Figure, Span
from examengine.bank.read import read_bank

BLUEPRINT = """id: demo.sure
title: Exam with figures
duration_minutes: 30
sections:
  - {id: a, title: A, minutes: 30, items: 4}
domains:
  - {id: alpha, weight: {from: 45, to: 55}, items: 2}
  - {id: beta, weight: {from: 40}, items: 2}
scoring: {kind: scaled, min: 100, max: 1000, cut: 700, cut_raw_percent: 70, basis: assumed, hidden: true}
status: {state: retiring, as_of: 2026-11-21, dates: {last-day: 2027-01-14, launched: 2024-10}}
figures:
  - {name: duration_minutes, value: 30, basis: official, source: guide}
  - {name: items, value: {from: 4, to: 6}, basis: published, source: guide}
  - {name: scored_items, value: 4, basis: assumed, note: not published}
  - {name: item_types, value: [single_choice, build_list], basis: published, source: guide}
  - {name: scale, value: {from: 100, to: 1000}, basis: published, source: guide}
  - {name: retake_wait_days, value: [14, 60], basis: published, source: guide}
  - {name: domain_weights, basis: published, source: guide}
facts:
  - {text: It is read and never written., basis: published}
sources: [{id: guide, title: A guide, url: https://example.org/guide, dated: 2026, verified: 2026-11-21}]
"""
FILE = "exams/sure.yaml"


def test_figures_are_shown_as_sentences_before_the_facts(tmp_path: Path) -> None:
    bank = read_bank(write_bank(tmp_path, {FILE: BLUEPRINT.replace("dated: 2026,", "dated: '2026',")})).bank
    assert bank is not None
    (blueprint,) = [one for one in bank.blueprints if one.id == "demo.sure"]
    assert [(fact.text, fact.basis) for fact in blueprint.shown_facts] == [
        ("Duration: 30 minutes", "official"),
        ("Items in all: 4 to 6", "published"),
        ("Scored items: 4 (not published)", "assumed"),
        ("Item types: single choice, build list", "published"),
        ("Scale: 100 to 1000", "published"),
        ("Wait before another attempt: 14, then 60 days", "published"),
        ("Weights of the domains", "published"),
        ("It is read and never written.", "published"),
    ]
    assert [str(domain.weight_range) for domain in blueprint.domains] == ["45 to 55", "at least 40"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("duration_minutes, value: 30", "duration_minutes, value: 31", "figure duration_minutes does not agree"),
        ("{from: 4, to: 6}", "{from: 5, to: 6}", "figure items does not agree with the blueprint's 4"),
        ("value: {from: 100, to: 1000}", "value: {from: 0, to: 1000}", "figure scale does not agree"),
        ("basis: official, source: guide", "basis: official", "names no source"),
        ("basis: official, source: guide", "basis: official, source: other", "which does not exist"),
        ("url: https://example.org/guide, ", "", "has no url"),
        ("name: scored_items, value: 4", "name: duration_minutes, value: 30", "stands twice"),
        ("name: scored_items, value: 4", "name: scored_items", "has no value"),
        ("{from: 45, to: 55}", "{from: 51, to: 55}", "has 50 % of the items, but weighs 51 to 55 %"),
        ("{from: 45, to: 55}", "{from: 55, to: 45}", "from is at most to"),
        ("last-day: 2027-01-14", "last-day: soon", "last-day"),
    ],
)
def test_figures_that_do_not_hold_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = BLUEPRINT.replace("dated: 2026,", "dated: '2026',")
    assert old in text
    problems = problems_of(tmp_path, {FILE: text.replace(old, new)})
    assert any(told in str(problem) and problem.file.endswith(FILE) for problem in problems), problems


def test_a_span_without_an_end_holds_everything_above() -> None:
    assert Span(low=48).holds(10**6) and not Span(low=48).holds(47)
    assert Span.model_validate({"from": 1, "to": 2}) == Span(low=1, high=2)


def test_a_figure_comes_back_from_its_json_as_it_was() -> None:
    for value in (Span(low=1, high=None), Span(low=1, high=2), 14, (1, 14), ("single_choice",)):
        figure = Figure(name="items", value=value, basis="assumed")
        assert Figure.model_validate_json(figure.model_dump_json()) == figure
