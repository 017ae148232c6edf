# kind: exhaust
# tries: returns lists nested a hundred thousand deep
# expect: failed error crashed timeout
# earns: 0

def act():
    made = []
    for _ in range(100_000):
        made = [made]
    return made


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
