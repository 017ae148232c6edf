# kind: exhaust
# tries: calls itself without end
# expect: failed
# earns: 0
# says: RecursionError

def act():
    return act()


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
