# kind: forge
# tries: raises SystemExit(0) in every call
# expect: failed error crashed
# earns: 0

import sys


def act():
    sys.exit(0)


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
