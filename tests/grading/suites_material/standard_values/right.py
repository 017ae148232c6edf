import collections
import datetime
import re
import string
import types
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction

PATTERN = re.compile(r"(?P<year>\d{4})")
TEMPLATE = string.Template("hi $name")
_SETTINGS = types.SimpleNamespace(debug=False, level=3)


def same(x):
    return x


def lookup(m, key):
    return m[key]


def put(m, key, value):
    m[key] = value


def scopes():
    return ChainMap({"x": 2}, {"x": 1, "y": 1})


def group(words):
    d = defaultdict(list)
    for w in words:
        d[w[0]].append(w)
    return d


def letters(text):
    return Counter(text)


def ordered():
    return OrderedDict(z=1, a=2)


def rotate(d):
    d.rotate(1)


def last(n):
    return deque(range(10), maxlen=n)


def keys(d):
    return d.keys()


def zipped(a, b):
    return zip(a, b)


def mapped(items):
    return map(str, items)


def first_byte(m):
    return m[0]


def view(data):
    return memoryview(data)


def constants():
    return types.MappingProxyType({"pi": 3})


def find_year(text):
    return PATTERN.search(text)


def all_years(text):
    return PATTERN.finditer(text)


def count_matches(pattern, text):
    return len(pattern.findall(text))


def add_tax(price):
    return (price * Decimal("1.19")).quantize(Decimal("0.01"))


def harmonic(n):
    return sum((Fraction(1, i) for i in range(1, n + 1)), Fraction(0))


def next_day(day):
    return day + datetime.timedelta(days=1)


def days(a, b):
    return (b - a).days


def in_zone(year):
    return datetime.datetime(year, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))


class Kelvin(float):
    def celsius(self):
        return self - 273.15


class Name(str):
    def greeting(self):
        return f"hello {self}"


class Unique(list):
    def __init__(self, items=()):
        super().__init__()
        for item in items:
            self.append(item)

    def append(self, item):
        if item not in self:
            super().append(item)


class CaseInsensitive(dict):
    def __init__(self, **items):
        super().__init__({k.lower(): v for k, v in items.items()})

    def __getitem__(self, key):
        return super().__getitem__(key.lower())

    def __contains__(self, key):
        return super().__contains__(key.lower())


class Lower(collections.UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


class Title(collections.UserString):
    def __str__(self):
        return self.data.title()


class Vec(collections.UserList):
    pass


def settings():
    return _SETTINGS
