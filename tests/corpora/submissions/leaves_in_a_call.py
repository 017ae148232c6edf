# kind: forge
# tries: ends the process with code 0 when called
# expect: crashed
# earns: 0
# says: exit code 0

import os


def act():
    os._exit(0)


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
