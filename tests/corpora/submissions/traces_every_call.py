# kind: forge
# tries: a trace and a profile function rewrite what runs
# expect: failed
# earns: 0

import sys
import threading


def trace(frame, event, argument):
    if frame.f_code.co_name.startswith("test_"):
        frame.f_globals["SECRET"] = None
        frame.f_lineno = frame.f_code.co_firstlineno
    return trace


sys.settrace(trace)
sys.setprofile(trace)
threading.settrace(trace)


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
