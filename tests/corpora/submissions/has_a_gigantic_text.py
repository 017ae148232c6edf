# kind: exhaust
# tries: objects whose text has a hundred million characters
# expect: failed memory crashed timeout
# earns: 0

class Large(Exception):
    def __str__(self):
        return "x" * 100_000_000

    __repr__ = __str__


def median(values):
    raise Large


def each(values, function):
    return Large()


def clean(names):
    raise Large


class Tally:
    def add(self, item):
        raise Large
