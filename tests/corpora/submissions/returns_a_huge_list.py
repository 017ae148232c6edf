# kind: exhaust
# tries: returns a list with many millions of items
# expect: failed memory crashed timeout error
# earns: 0

def act():
    return [0] * 60_000_000


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
