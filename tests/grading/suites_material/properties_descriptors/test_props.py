import pytest

from solution import Account, Positive, Temperature, Typed


def test_property():
    t = Temperature(25)
    assert t.celsius == 25
    assert t.fahrenheit == 77
    t.fahrenheit = 32
    assert t.celsius == 0
    with pytest.raises(ValueError, match="absolute zero"):
        t.celsius = -300


def test_read_only():
    with pytest.raises(AttributeError):
        Temperature(1).kelvin = 3


def test_deleter():
    t = Temperature(3)
    del t.celsius
    with pytest.raises(AttributeError):
        t.celsius


def test_property_on_class():
    assert isinstance(Temperature.celsius, property)


def test_descriptor():
    item = Typed(3, "x")
    item.amount = 4
    assert item.amount == 4
    with pytest.raises(ValueError):
        item.amount = -1
    assert isinstance(Positive, type)


def test_slots():
    a = Account("x")
    with pytest.raises(AttributeError):
        a.other = 1
    assert a.owner == "x"


def test_name_mangling():
    a = Account("x")
    with pytest.raises(AttributeError):
        a.__secret
    assert a._Account__secret == 42


def test_cached():
    t = Temperature(1)
    assert t.computed is t.computed
    assert Temperature.made == 0 or Temperature.made > 0


def test_getattr():
    a = Account("x")
    assert a.magic_word == "magic word"
    with pytest.raises(AttributeError, match="plain"):
        a.plain


def test_class_counter():
    before = Temperature.made
    Temperature(1)
    Temperature(2)
    assert Temperature.made == before + 2


def test_call():
    assert Account("x")(3) == "x called with 3"
    assert callable(Account("x"))
    assert not callable(Temperature(1))
