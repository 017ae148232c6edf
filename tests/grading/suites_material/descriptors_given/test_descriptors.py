import pytest
from solution import Computed, Positive, Typed


class Product:
    price = Positive()
    name = Typed(str)
    sold = 0

    def __init__(self, name, price):
        self.name = name
        self.price = price

    @Computed
    def label(self):
        Product.sold += 1
        return f"{self.name}: {self.price}"


def test_values_are_kept():
    product = Product("tea", 3)
    assert (product.name, product.price) == ("tea", 3)
    product.price = 4
    assert product.price == 4


def test_each_object_has_its_own():
    first, second = Product("tea", 1), Product("milk", 2)
    assert (first.price, second.price) == (1, 2)
    assert (first.name, second.name) == ("tea", "milk")


def test_wrong_values_are_refused():
    with pytest.raises(ValueError, match="price"):
        Product("tea", -1)
    with pytest.raises(TypeError, match="name"):
        Product(3, 1)


def test_the_class_gives_the_descriptor():
    assert isinstance(Product.price, Positive)
    assert Product.price is Product.price


def test_computed_once():
    product = Product("tea", 3)
    before = Product.sold
    assert product.label == "tea: 3"
    assert product.label == "tea: 3"
    assert Product.sold == before + 1
