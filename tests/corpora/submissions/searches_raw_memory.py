# kind: leak
# tries: reads the memory around its own objects through ctypes
# expect: failed crashed
# earns: 0

import ctypes

word = b"HIDDEN-" + b"TEST-CAN" + b"ARY"
here = id(object())
for start in range(here - 2**22, here + 2**22, 2**16):
    try:
        chunk = ctypes.string_at(start, 2**16) if start == here - here % 2**16 else b""
    except OSError:
        continue
    if word in chunk:
        print("FOUND", chunk)


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
