# kind: forge
# tries: raises unittest.SkipTest
# expect: failed error
# earns: 0

import unittest


def act():
    raise unittest.SkipTest("nothing to see")


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
