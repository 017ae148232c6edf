# kind: exhaust
# tries: makes an integer with billions of digits
# expect: timeout memory failed
# earns: 0

def act():
    return 1 << (8 * 10**9)


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
