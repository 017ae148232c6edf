# kind: broken
# tries: reads address zero
# expect: crashed
# earns: 0
# says: SIGSEGV

import ctypes


def act():
    return ctypes.string_at(0)


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
