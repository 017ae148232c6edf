# kind: exhaust
# tries: allocates in many processes at once
# expect: memory failed crashed timeout
# earns: 0

import os
import time

for _ in range(12):
    try:
        if os.fork() == 0:
            keep = bytearray(os.urandom(1 << 20)) * 180
            time.sleep(20)
            os._exit(0)
    except OSError:
        break
time.sleep(0.4)


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
