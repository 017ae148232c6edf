# kind: exhaust
# tries: raises the recursion limit and overflows the stack of C
# expect: crashed failed memory
# earns: 0

import sys

sys.setrecursionlimit(10**8)


class Deep:
    def __repr__(self):
        return repr([self])


def act():
    return repr(Deep())


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
