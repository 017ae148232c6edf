# kind: forge
# tries: an audit hook that refuses everything from now on
# expect: failed error crashed
# earns: 0

import sys


def refuse(event, arguments):
    raise SystemExit(0)


sys.addaudithook(refuse)


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
