# kind: broken
# tries: a C library gives up
# expect: crashed
# earns: 0
# says: SIGABRT

import os

os.abort()


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
