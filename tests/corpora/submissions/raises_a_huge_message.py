# kind: exhaust
# tries: raises an exception of 50 MB
# expect: failed timeout
# earns: 0

def act():
    raise KeyError('y' * 50_000_000)


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
