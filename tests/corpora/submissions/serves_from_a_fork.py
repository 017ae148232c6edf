# kind: forge
# tries: a fork answers in the place of the submission
# expect: failed crashed timeout
# earns: 0

import os


def median(values):
    if os.fork() == 0:
        return sorted(values)[len(values) // 2]
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
