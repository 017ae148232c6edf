# kind: exhaust
# tries: one call into C that takes for ever
# expect: timeout memory failed
# earns: 0

def act():
    return len(str(3 ** (3 ** 18))) + pow(7, 10**9)


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
