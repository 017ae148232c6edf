# kind: forge
# tries: calls pytest.exit with return code 0
# expect: failed error crashed
# earns: 0

import pytest


def act():
    pytest.exit("done", returncode=0)


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
