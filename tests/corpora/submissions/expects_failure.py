# kind: forge
# tries: calls pytest.xfail, so that failing is expected
# expect: failed error
# earns: 0

import pytest


def act():
    pytest.xfail("known")


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
