from collections import namedtuple

import pytest

import solution
from solution import Card, Employee


def test_tuple_behaviour():
    c = Card("A", "spades")
    assert c == ("A", "spades")
    assert c.rank == "A"
    assert c[1] == "spades"
    rank, suit = c
    assert rank == "A" and suit == "spades"
    assert isinstance(c, tuple)
    assert isinstance(c, Card)
    assert len(c) == 2
    assert repr(c) == "Card(rank='A', suit='spades')"


def test_methods():
    c = Card("A", "spades")
    assert c._asdict() == {"rank": "A", "suit": "spades"}
    assert c._replace(rank="K") == Card("K", "spades")
    assert Card._fields == ("rank", "suit")
    assert Card._make(["2", "hearts"]).rank == "2"


def test_immutable():
    with pytest.raises(AttributeError):
        Card("A", "spades").rank = "K"
    with pytest.raises(TypeError):
        Card("A", "spades")[0] = "K"


def test_typed():
    e = Employee("Ann")
    assert e.salary == 100
    assert e.yearly() == 1200
    assert Employee("Bob", 5) == ("Bob", 5)
    assert Employee._field_defaults == {"salary": 100}
    assert e.label == "Ann!"


def test_returned():
    best = solution.best([Employee("a", 1), Employee("b", 9)])
    assert best.name == "b"
    assert type(best) is Employee
    assert best == Employee("b", 9)


def test_hash_and_set():
    assert len({Card("A", "s"), Card("A", "s")}) == 1
    assert Card("A", "s") in [Card("A", "s")]


def test_test_side_namedtuple():
    P = namedtuple("P", "x y")
    assert solution.swap(P(1, 2)) == (2, 1)
    assert solution.first_field(P(5, 6)) == 5


def test_sorting():
    deck = [Card("3", "s"), Card("1", "h"), Card("2", "d")]
    assert [c.rank for c in sorted(deck)] == ["1", "2", "3"]
    assert solution.sort_deck(deck)[0] == Card("1", "h")
