import enum
import functools


class Singleton:
    _one = None

    def __new__(cls):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one


class Meta(type):
    _made = {}

    def __call__(cls, *a, **k):
        if cls not in Meta._made:
            Meta._made[cls] = super().__call__(*a, **k)
        return Meta._made[cls]


class Config(metaclass=Meta):
    def __init__(self, name):
        self.name = name


class Plugin:
    plugins = {}

    def __init_subclass__(cls, key=None, **k):
        super().__init_subclass__(**k)
        if key:
            Plugin.plugins[key] = cls


class CsvPlugin(Plugin, key="csv"):
    pass


class JsonPlugin(Plugin, key="json"):
    pass


class Factory:
    @staticmethod
    def make(key):
        return Plugin.plugins[key]()


class Event:
    def __init__(self):
        self.handlers = []

    def subscribe(self, f):
        self.handlers.append(f)

    def unsubscribe(self, f):
        self.handlers.remove(f)

    def fire(self, x):
        for f in self.handlers:
            f(x)


class Observer:
    def update(self, value):
        raise NotImplementedError


class Subject:
    def __init__(self):
        self.observers = []

    def attach(self, o):
        self.observers.append(o)

    def notify(self, value):
        for o in self.observers:
            o.update(value)


class State(enum.Enum):
    OPEN = enum.auto()
    CLOSED = enum.auto()


class TransitionError(Exception):
    pass


class Door:
    def __init__(self):
        self.state = State.CLOSED

    def open(self):
        if self.state is State.OPEN:
            raise TransitionError("OPEN -> OPEN")
        self.state = State.OPEN


def half_off(p):
    return p / 2


def checkout(price, strategy):
    return strategy(price)


@functools.singledispatch
def visit(x):
    return "other"


@visit.register
def _(x: int):
    return "int"


@visit.register
def _(x: list):
    return f"list of {len(x)}"


class Query:
    def __init__(self):
        self.parts = []

    def select(self, *c):
        self.parts.append("SELECT " + ", ".join(c))
        return self

    def where(self, c):
        self.parts.append("WHERE " + c)
        return self

    def limit(self, n):
        self.parts.append(f"LIMIT {n}")
        return self

    def __str__(self):
        return " ".join(self.parts)


class Menu:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]


class CountCalls:
    def __init__(self, f):
        functools.update_wrapper(self, f)
        self.f = f
        self.calls = 0

    def __call__(self, *a):
        self.calls += 1
        return self.f(*a)
