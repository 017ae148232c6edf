import pytest
from solution import add, divide, fizz, is_leap, reverse_words


def test_add():
    assert add(2, 3) == 5
    assert add(-1, 1) == 0
    assert add(0.1, 0.2) == pytest.approx(0.3)


@pytest.mark.parametrize("year, leap", [(2000, True), (1900, False), (2024, True), (2023, False)])
def test_leap(year, leap):
    assert is_leap(year) is leap


def test_divide():
    assert divide(7, 2) == 3.5
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)


@pytest.mark.parametrize("n,want", [(1, "1"), (3, "Fizz"), (5, "Buzz"), (15, "FizzBuzz")], ids=["one", "three", "five", "both"])
def test_fizz(n, want):
    assert fizz(n) == want


class TestWords:
    def test_simple(self):
        assert reverse_words("a b c") == "c b a"

    def test_empty(self):
        assert reverse_words("") == ""
