# kind: exhaust
# tries: stops its own process by a signal
# expect: timeout crashed
# earns: 0

import os
import signal


def act():
    os.kill(os.getpid(), signal.SIGSTOP)


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
