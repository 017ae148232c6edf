import decimal
from collections import defaultdict


def echo(x):
    return x


def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def add_money(a, b):
    return decimal.Decimal(a) + decimal.Decimal(b)


def group_by_length(words):
    out = defaultdict(list)
    for w in words:
        out[len(w)].append(w)
    return out


def factorial(n):
    out = 1
    for i in range(2, n + 1):
        out *= i
    return out


def depth(x):
    d = 1
    while x:
        x = x[0]
        d += 1
    return d


def keys(d):
    return d.keys()


def items(d):
    return d.items()


def doubled_map(xs):
    return map(lambda x: 2 * x, xs)


def zipped(a, b):
    return zip(a, b)
