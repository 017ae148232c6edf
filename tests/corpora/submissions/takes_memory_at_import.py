# kind: exhaust
# tries: allocates without end at import
# expect: memory error
# earns: 0
# says: emory

keep = []
while True:
    keep.append(bytearray(64 << 20))


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
