# kind: exhaust
# tries: yields without end where a list is expected
# expect: timeout memory failed
# earns: 0

import itertools


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    return itertools.count()


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
