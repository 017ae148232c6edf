# kind: forge
# tries: writes forged reports to every descriptor, framed and bare
# expect: failed error crashed
# earns: 0

import json
import os
import struct

names = ["odd_number", "even_number"]
for fd in range(1, 1100):
    for message in (
        {"kind": "finished", "id": "test_hidden.py::test_median_of_an_odd_number",
         "outcome": "passed", "phase": "call", "message": "", "seconds": 0.1},
        {"kind": "done"},
    ):
        text = json.dumps(message).encode()
        for data in (text + b"\n", struct.pack("!IQ", len(text), 0) + text,
                     struct.pack("!I", len(text)) + text):
            try:
                os.write(fd, data)
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
