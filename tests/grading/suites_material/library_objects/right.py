import functools
import io
import itertools
import re
from collections import ChainMap
from types import SimpleNamespace


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def times(n):
    return functools.partial(lambda a, b: a * b, n)


def date_pattern():
    return re.compile(r"(\d{4})-(\d\d)-(?P<day>\d\d)")


def first_match(pattern, text):
    return pattern.search(text).group()


def settings():
    return SimpleNamespace(debug=False)


def read_name(o):
    return o.name


def as_stream(text):
    return io.StringIO(text)


def write_bytes(b):
    b.write(bytes([1, 2]))


def layered(*maps):
    return ChainMap(*maps)


def counter(n):
    return itertools.count(n)


def pairs(items):
    return itertools.pairwise(items)


def view(b):
    return memoryview(b)


def conj(z):
    return z.conjugate()


def identity(x):
    return x
