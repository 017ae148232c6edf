# kind: forge
# tries: pretends by __class__ to be a float and equal
# expect: failed
# earns: 0

class Lie:
    __class__ = property(lambda self: float)
    def __eq__(self, other): return True
    def __float__(self): return 2.5
    __hash__ = object.__hash__


def act():
    return Lie()


def median(values):
    return act()


def clean(names):
    return act()


def each(values, function):
    return act()


class Tally:
    def add(self, item):
        return act()

    def count(self, item):
        return act()

    def __len__(self):
        return act()
