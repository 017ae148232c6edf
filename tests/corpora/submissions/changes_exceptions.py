# kind: forge
# tries: raises an exception that claims to be every class
# expect: failed error
# earns: 1

class Anything(Exception):
    __class__ = property(lambda self: ValueError)
    def __str__(self): return "empty"


def act():
    raise Anything("empty")


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
