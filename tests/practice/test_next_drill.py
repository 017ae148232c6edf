"""The next drill is of the longest unpractised domain, or else of the weakest; the reason is said."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from examengine.itemtypes.spec import Mark
from examengine.practice.encounters import Encounter, practised
from examengine.practice.next_drill import LATEST_ITEMS, LONGEST_DAYS, Domain, next_drill

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()


def domain(bank: str, name: str, *objectives: str) -> Domain:
    return Domain(bank, name, name.title(), frozenset(objectives or (f"{bank}.{name}.basics",)))


DOMAINS = [domain("demo", name) for name in ("alpha", "beta", "gamma")]


def met(name: str, days_ago: float, share: str = "1", item: str = "x", **over) -> Encounter:
    worth = Fraction(share)
    mark = Mark.RIGHT if worth == 1 else Mark.PARTIAL if worth else Mark.WRONG
    given = {"practised_for": "demo", "objective": f"demo.{name}.basics"}
    given |= {"mark": mark, "share": worth, "is_flagged": False}
    at = (NOW - timedelta(days=days_ago)).timestamp()
    return Encounter(item=f"demo.{name}.{item}", at=at, **(given | over))


def due(*encounters: Encounter, domains=DOMAINS):
    found = next_drill(domains, encounters, TODAY, UTC)
    return found and (found.domain.id, found.reason)


def test_who_has_practised_nothing_has_no_drill_due() -> None:
    assert due() is None
    assert due(met("alpha", 1, mark=None)) is None
    assert due(met("alpha", 1, mark=Mark.UNGRADED)) is None


def test_a_domain_never_practised_comes_first() -> None:
    assert due(met("alpha", 50, "0"), met("beta", 1)) == ("gamma", "never practised")


def test_a_bank_that_was_never_used_is_left_alone() -> None:
    others = [*DOMAINS, domain("other", "delta")]
    found = due(met("alpha", 1), met("beta", 1, "1/2"), met("gamma", 1), domains=others)
    assert found == ("beta", "50 % of the points of the last item, the weakest")


def test_a_bank_is_not_in_use_because_it_draws_what_was_practised_for_another() -> None:
    both = [*DOMAINS, domain("other", "delta", "demo.alpha.basics"), domain("other", "epsilon")]
    assert due(met("alpha", 1), met("beta", 1, "1/2"), met("gamma", 1), domains=both)[0] == "beta"
    found = due(met("alpha", 1), met("alpha", 1, practised_for="other"), domains=both[3:])
    assert found == ("epsilon", "never practised")


def test_an_item_tells_about_every_domain_that_draws_it_wherever_it_was_met() -> None:
    shared = "shared.statistics.basics"
    domains = [domain("demo", "alpha", "demo.alpha.basics", shared), domain("demo", "beta")]
    elsewhere = [met("x", 1, "0", f"s{n}", objective=shared, practised_for="shared") for n in range(3)]
    found = due(met("alpha", 2), met("beta", 1, "1/2"), *elsewhere, domains=domains)
    assert found == ("alpha", "25 % of the points of the last 4 items, the weakest")


def test_a_domain_long_unpractised_comes_before_the_weakest() -> None:
    found = due(met("alpha", 1, "0"), met("beta", LONGEST_DAYS), met("gamma", LONGEST_DAYS + 2))
    assert found == ("gamma", f"not practised for {LONGEST_DAYS + 2} days")


def test_just_before_that_the_weakest_comes() -> None:
    assert due(met("alpha", 1, "1/4"), met("beta", LONGEST_DAYS - 1), met("gamma", 0)) == (
        "alpha",
        "25 % of the points of the last item, the weakest",
    )


def test_only_the_latest_items_tell_how_strong_a_domain_is() -> None:
    old = [met("alpha", 5, "0", f"old{n}") for n in range(30)]
    new = [met("alpha", 1, "1", f"new{n}") for n in range(LATEST_ITEMS)]
    weak = [met("beta", 1, "9/10"), met("gamma", 1)]
    assert due(*new, *old, *weak) == ("beta", "90 % of the points of the last item, the weakest")


def test_equals_go_by_the_order_of_the_bank() -> None:
    assert due(met("gamma", 1, "0"), met("beta", 1, "0"), met("alpha", 1))[0] == "beta"


def test_the_latest_meeting_decides_what_is_missed_and_flagged() -> None:
    found = practised(
        [
            met("alpha", 1, "1", "twice"),
            met("alpha", 3, "0", "twice", is_flagged=True),
            met("alpha", 2, "1/2", "partly"),
            met("beta", 2, "0", "flagged", is_flagged=True),
            met("beta", 1, "0", "flagged", is_flagged=True, mark=None),
            met("gamma", 1, "0", "open", mark=None),
        ]
    )
    assert found.seen == {"demo.alpha.twice", "demo.alpha.partly", "demo.beta.flagged", "demo.gamma.open"}
    assert found.missed == {"demo.alpha.partly", "demo.beta.flagged"}
    assert found.flagged == {"demo.beta.flagged"}
