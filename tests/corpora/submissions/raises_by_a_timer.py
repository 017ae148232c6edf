# kind: forge
# tries: a timer's handler raises what ends pytest, in whatever runs just then
# expect: failed error crashed
# earns: 0

import signal


def ring(*_):
    raise SystemExit(0)


signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)


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
