# kind: exhaust
# tries: allocates without end
# expect: memory
# earns: 0
# says: memory

keep = []


def act():
    while True:
        keep.append(bytearray(64 << 20))


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
