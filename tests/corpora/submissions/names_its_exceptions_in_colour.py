# kind: forge
# tries: exception types, modules and attributes named in terminal codes
# expect: failed
# earns: 0

Loud = type("\x1b[2J\x1b[1;1H\u202e8 of 8 tests passed", (Exception,), {"__module__": "\x1b]0;owned\x07"})


def median(values):
    raise Loud("\x1b[32mPASSED\r\n\u2066\x9b2K")


def clean(names):
    names[:] = ["\x1b[32mPASSED"]


def each(values, function):
    raise ExceptionGroup("\x1b[31m", [Loud("\x1b[5m")])


class Tally:
    def add(self, item):
        raise Loud
