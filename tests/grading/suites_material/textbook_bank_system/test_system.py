from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from solution import Ledger, Savings, Transaction, interest


@pytest.fixture
def ledger():
    book = Ledger()
    book.record(Transaction(date(2024, 1, 1), Decimal("10.50"), "food"))
    book.record(Transaction(date(2024, 1, 15), Decimal("5.25"), "bus"))
    book.record(Transaction(date(2024, 2, 1), Decimal("20"), "food"))
    return book


def test_total(ledger):
    assert ledger.total() == Decimal("35.75")
    assert ledger.total("food") == Decimal("30.50")


def test_by_month(ledger):
    assert ledger.by_month() == {(2024, 1): Decimal("15.75"), (2024, 2): Decimal("20")}


def test_between(ledger):
    found = ledger.between(date(2024, 1, 10), date(2024, 1, 31))
    assert [t.label for t in found] == ["bus"]
    assert found[0].when == date(2024, 1, 15)
    assert isinstance(found[0], Transaction)


def test_immutable(ledger):
    t = ledger.entries[0]
    with pytest.raises(AttributeError):
        t.amount = 5


def test_chain():
    assert Ledger().record(Transaction(date.today(), Decimal(1), "x")).record(Transaction(date.today(), Decimal(2), "y")).total() == 3


def test_interest():
    assert interest(1000, 0.05, years=2) == pytest.approx(1102.5)
    assert interest(Decimal(100), Decimal("0.1")) == Decimal("110.0")


def test_savings():
    s = Savings(100, rate=0.1)
    s.accrue()
    assert s.balance == pytest.approx(110)
    assert s.opened <= datetime.now()
    assert s.matures() - s.opened == timedelta(days=365)
    assert "Savings" in repr(s)


def test_len_and_bool(ledger):
    assert len(ledger) == 3
    assert ledger
    assert not Ledger()
