import abc
import collections
import json

import pytest

import solution
from solution import Account, Handler, Meter, Plugin, Report, Shape, Stack, ValidationError, Visitor


class CsvReport(Report):
    separator = ","

    def header(self):
        return self.separator.join(["name", "value"])

    def row(self, item):
        return self.separator.join(map(str, item))


class LoudCsv(CsvReport):
    def header(self):
        return super().header().upper()

    def footer(self):
        return f"{super().footer()} ({self.count})"


def test_template_method():
    assert CsvReport().render([("a", 1), ("b", 2)]) == "name,value\na,1\nb,2\nend"


def test_two_levels_and_super():
    report = LoudCsv()
    assert report.render([("a", 1)]) == "NAME,VALUE\na,1\nend (1)"
    assert report.count == 1


def test_class_attribute_overridden_in_the_test():
    class Tabs(CsvReport):
        separator = "\t"

    assert Tabs().header() == "name\tvalue"
    assert Tabs.separator == "\t"
    assert CsvReport.separator == ","


def test_base_alone_refuses():
    with pytest.raises(NotImplementedError):
        Report().render([])


def test_init_with_super_and_attributes():
    class Saving(Account):
        def __init__(self, owner, rate):
            super().__init__(owner)
            self.rate = rate

        def add_interest(self):
            self.deposit(self.balance * self.rate)

    s = Saving("ann", 0.5)
    s.deposit(100)
    s.add_interest()
    assert s.balance == 150
    assert s.owner == "ann"
    assert isinstance(s, Account)
    assert issubclass(Saving, Account)
    assert not isinstance(Account("x"), Saving)
    assert Saving.__name__ == "Saving"
    assert Saving.__mro__[1] is Account


def test_hook_called_by_the_solution():
    seen = []

    class Watched(Account):
        def on_change(self, old, new):
            seen.append((old, new))

    w = Watched("bob")
    w.deposit(10)
    w.withdraw(4)
    assert seen == [(0, 10), (10, 6)]


def test_overridden_method_may_refuse():
    class Limited(Account):
        def withdraw(self, amount):
            if amount > 5:
                raise ValidationError("limit")
            return super().withdraw(amount)

    a = Limited("c")
    a.deposit(10)
    with pytest.raises(ValidationError, match="limit"):
        a.withdraw(6)
    a.withdraw(5)
    assert a.balance == 5


def test_property_overridden():
    class Metric(Meter):
        @property
        def unit(self):
            return "cm"

        @classmethod
        def standard(cls):
            return cls(7)

        @staticmethod
        def factor():
            return 2

    assert Metric(3).show() == "6 cm"
    assert Metric.standard().show() == "14 cm"
    assert isinstance(Metric.standard(), Metric)


def test_operators_of_a_derived_class():
    class Square(Shape):
        def __init__(self, side):
            self.side = side

        def area(self):
            return self.side**2

        def __repr__(self):
            return f"Square({self.side})"

    assert Square(2) < Square(3)
    assert max([Square(1), Square(5)], key=lambda s: s.area()).side == 5
    assert sorted([Square(3), Square(1)])[0].side == 1
    assert repr(Square(2)) == "Square(2)"
    assert Square(2) == Square(2)


def test_iterating_a_derived_container():
    class Counting(Stack):
        pushes = 0

        def push(self, item):
            type(self).pushes += 1
            super().push(item)

    s = Counting([1, 2])
    s.push(3)
    assert list(s) == [1, 2, 3]
    assert Counting.pushes == 3
    assert len(s) == 3
    assert 2 in s


def test_registry_by_init_subclass():
    class Upper(Plugin, name="upper"):
        def run(self, text):
            return text.upper()

    assert "upper" in Plugin.registry
    assert solution.run_plugin("upper", "abc") == "ABC"
    with pytest.raises(KeyError):
        solution.run_plugin("missing", "abc")


def test_visitor_dispatch_by_name():
    class Collect(Visitor):
        def __init__(self):
            self.found = []

        def visit_int(self, node):
            self.found.append(node)

        def visit_list(self, node):
            for item in node:
                self.visit(item)

    c = Collect()
    c.visit([1, [2, 3], "x"])
    assert c.found == [1, 2, 3]


def test_multiple_inheritance_and_mixins():
    class JsonMixin:
        def to_json(self):
            return json.dumps({"owner": self.owner, "balance": self.balance})

    class JsonAccount(JsonMixin, Account):
        pass

    a = JsonAccount("dan")
    a.deposit(3)
    assert json.loads(a.to_json()) == {"owner": "dan", "balance": 3}


def test_chain_of_handlers():
    class Even(Handler):
        def can(self, n):
            return n % 2 == 0

    class Large(Handler):
        def can(self, n):
            return n > 10

    chain = Even(Large(None))
    assert chain.handle(4) == "Even"
    assert chain.handle(13) == "Large"
    assert chain.handle(3) is None


def test_exception_derived_in_the_test():
    class MyError(ValidationError):
        pass

    def fail():
        raise MyError("deep", 7)

    with pytest.raises(ValidationError) as caught:
        solution.call(fail)
    assert caught.type is MyError
    assert caught.value.args == ("deep", 7)
    assert solution.guarded(fail) == "refused: MyError"
