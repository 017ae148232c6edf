import pytest

import solution
from solution import Config, Event, Factory, Observer, Plugin, Singleton, State, visit


def test_singleton():
    assert Singleton() is Singleton()
    Singleton().value = 3
    assert Singleton().value == 3


def test_metaclass_singleton():
    assert Config("a") is Config("b")
    assert Config("c").name == "a"


def test_registry():
    assert Plugin.plugins == {"csv": solution.CsvPlugin, "json": solution.JsonPlugin}
    assert isinstance(Factory.make("csv"), solution.CsvPlugin)
    with pytest.raises(KeyError):
        Factory.make("xml")


def test_registers_test_subclass():
    class XmlPlugin(Plugin, key="xml"):
        pass

    assert Plugin.plugins["xml"] is XmlPlugin
    assert isinstance(Factory.make("xml"), XmlPlugin)
    del Plugin.plugins["xml"]


def test_observer():
    seen = []
    event = Event()
    event.subscribe(seen.append)
    event.subscribe(lambda x: seen.append(x * 2))
    event.fire(4)
    assert seen == [4, 8]
    event.unsubscribe(seen.append)
    event.fire(1)
    assert seen[2:] == [2]


def test_observer_class():
    class Mine(Observer):
        def __init__(self):
            self.got = []

        def update(self, value):
            self.got.append(value)

    subject = solution.Subject()
    m = Mine()
    subject.attach(m)
    subject.notify("x")
    assert m.got == ["x"]


def test_state_machine():
    door = solution.Door()
    assert door.state is State.CLOSED
    door.open()
    assert door.state is State.OPEN
    with pytest.raises(solution.TransitionError, match="OPEN -> OPEN"):
        door.open()


def test_strategy():
    assert solution.checkout(100, solution.half_off) == 50
    assert solution.checkout(100, lambda p: p - 1) == 99


def test_singledispatch():
    assert visit(3) == "int"
    assert visit([1]) == "list of 1"
    assert visit("x") == "other"


def test_builder():
    q = solution.Query().select("a", "b").where("x > 1").limit(3)
    assert str(q) == "SELECT a, b WHERE x > 1 LIMIT 3"


def test_iterator_protocol():
    menu = solution.Menu(["tea", "cake"])
    assert [*menu] == ["tea", "cake"]
    first, *rest = menu
    assert (first, rest) == ("tea", ["cake"])
    assert dict(enumerate(menu)) == {0: "tea", 1: "cake"}
    assert "cake" in menu


def test_decorator_class():
    @solution.CountCalls
    def f(x):
        return x + 1

    assert [f(1), f(2)] == [2, 3]
    assert f.calls == 2
