# kind: exhaust
# tries: returns a text of half a gigabyte
# expect: failed memory crashed timeout error
# earns: 0

def act():
    return 'x' * 400_000_000


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
