# kind: exhaust
# tries: claims a message of 256 MiB on the wire and never sends it
# expect: timeout failed crashed error
# earns: 0

import os
import struct
import time

for fd in range(3, 1100):
    try:
        os.write(fd, struct.pack("<IHB", 256 * 1024 * 1024 - 1, 0, 2))
    except OSError:
        pass
time.sleep(600)


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
