# kind: exhaust
# tries: exceptions and objects whose text never ends
# expect: timeout failed memory
# earns: 0

class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def median(values):
    raise Endless


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
