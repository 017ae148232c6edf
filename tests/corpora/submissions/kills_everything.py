# kind: damage
# tries: signals every process that it can name
# expect: failed crashed
# earns: 0

import os
import signal

me = os.getpid()
for number in (signal.SIGTERM, signal.SIGKILL):
    for pid in [-1, 1, os.getppid(), *range(2, 400)]:
        if pid not in (0, me):
            try:
                os.kill(pid, number)
            except OSError:
                pass


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
