# kind: exhaust
# tries: forks as often as it can
# expect: failed timeout crashed
# earns: 0

import os
import time

for _ in range(500):
    try:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
    except OSError:
        break


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
