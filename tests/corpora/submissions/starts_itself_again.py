# kind: forge
# tries: replaces its process by a Python without assertions
# expect: crashed failed error
# earns: 0

import os
import sys

if "AGAIN" not in os.environ:
    os.environ["AGAIN"] = "1"
    os.environ["PYTHONOPTIMIZE"] = "2"
    try:
        os.execv(sys.executable, [sys.executable, "-O", "-m", "pytest", "-q"])
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
