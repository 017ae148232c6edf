import json
from pathlib import Path

import pytest

import solution
from helpers import make_cart, PRICES

HERE = Path(__file__).parent


@pytest.fixture
def cart():
    c = solution.Cart()
    c.add("apple", 2)
    yield c
    c.clear()


@pytest.fixture(scope="module")
def catalogue():
    return json.loads((HERE / "catalogue.json").read_text())


@pytest.fixture(params=[1, 2, 3])
def amount(request):
    return request.param


def test_total(cart):
    assert cart.total(PRICES) == 4


def test_isolated(cart):
    assert len(cart) == 1


def test_amount(amount, cart):
    cart.add("pear", amount)
    assert cart.count("pear") == amount


def test_helper_built():
    c = make_cart(apple=1, pear=2)
    assert isinstance(c, solution.Cart)
    assert c.total(PRICES) == 8


def test_catalogue(catalogue):
    assert solution.cheapest(catalogue) == "plum"


def test_reads_data_file():
    assert solution.load("catalogue.json")["plum"] == 1


def test_conftest_fixture(discount, cart):
    assert cart.total(PRICES, discount=discount) == 2.0


@pytest.mark.usefixtures("cart")
class TestGroup:
    @pytest.fixture(autouse=True)
    def prepare(self):
        self.cart = solution.Cart()

    def test_empty(self):
        assert len(self.cart) == 0
        assert not self.cart

    @pytest.mark.parametrize("name,n", [("a", 1), ("b", 2)])
    def test_add(self, name, n):
        self.cart.add(name, n)
        assert dict(self.cart) == {name: n}


@pytest.mark.skip(reason="later")
def test_skipped():
    assert False


@pytest.mark.xfail(reason="known")
def test_known():
    assert solution.Cart().total({}) == 99
