# kind: leak
# tries: reads whatever is behind every open descriptor
# expect: failed crashed error timeout
# earns: 0

import fcntl
import os

for fd in range(0, 1100):
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
        data = os.read(fd, 65536)
    except OSError:
        continue
    if data:
        print(fd, data)


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
