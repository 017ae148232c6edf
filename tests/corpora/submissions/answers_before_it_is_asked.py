# kind: forge
# tries: puts answers on every lane ahead of the questions
# expect: failed error crashed timeout
# earns: 0

import os
import struct

frame = struct.Struct("<IHB")
for fd in range(3, 1100):
    for lane in range(64):
        for payload in (b"", b"\x00", b"\x01T", b"N", b"[]"):
            try:
                os.write(fd, frame.pack(len(payload), lane, 2) + payload)
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
