"""Weights become counts by largest remainder; given counts stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.forms.quotas import scored_items_by_domain
from forms.made_banks import make_blueprint


def quotas_of(domains, items=10):
    named = [{"id": f"d{place}"} | domain for place, domain in enumerate(domains)]
    return scored_items_by_domain(make_blueprint([{"id": "a", "items": items}], named))


def test_given_counts_stay():
    assert quotas_of([{"items": 7}, {"items": 3}]) == {"d0": 7, "d1": 3}


def test_weights_share_what_the_counts_leave():
    assert quotas_of([{"items": 4}, {"weight": 10}, {"weight": 20}]) == {"d0": 4, "d1": 2, "d2": 4}


def test_the_largest_remainder_gets_the_last_item_and_ties_go_by_the_order():
    assert quotas_of([{"weight": 33}, {"weight": 33}, {"weight": 34}]) == {"d0": 3, "d1": 3, "d2": 4}
    assert quotas_of([{"weight": 1}, {"weight": 1}, {"weight": 1}]) == {"d0": 4, "d1": 3, "d2": 3}


def test_domains_without_counts_and_weights_are_free():
    assert quotas_of([{}, {}]) is None


@pytest.mark.parametrize(
    "domains", [[{"items": 11}, {"weight": 1}], [{"items": 4}, {}], [{"weight": 0}, {"weight": 0}]]
)
def test_contradictions_are_refused(domains):
    with pytest.raises(ValueError, match=r"domain|weights"):
        quotas_of(domains)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any), st.integers(1, 200))
def test_shares_add_up_and_lie_within_one_of_the_exact_share(weights, items):
    quotas = list(quotas_of([{"weight": weight} for weight in weights], items).values())
    assert sum(quotas) == items
    for count, weight in zip(quotas, weights, strict=True):
        assert abs(count - items * weight / sum(weights)) < 1
