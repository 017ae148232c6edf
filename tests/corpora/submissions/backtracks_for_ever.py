# kind: exhaust
# tries: a regular expression that backtracks for ever
# expect: timeout
# earns: 0

import re


def act():
    return re.match("(a+)+$", "a" * 60 + "b")


def median(values):
    return act()


def clean(names):
    return act()


def each(values, function):
    return act()


class Tally:
    def add(self, item):
        return act()

    def count(self, item):
        return act()

    def __len__(self):
        return act()
