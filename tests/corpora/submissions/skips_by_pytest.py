# kind: forge
# tries: calls pytest.skip when a test calls it
# expect: failed error
# earns: 0

import pytest


def act():
    pytest.skip("nothing to see")


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
