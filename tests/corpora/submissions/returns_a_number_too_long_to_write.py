# kind: exhaust
# tries: returns whole numbers with millions of digits
# expect: failed timeout memory
# earns: 0

BIG = 1 << 60_000_000




def median(values):
    return BIG


def clean(names):
    return None


def each(values, function):
    return [BIG, -BIG]


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return BIG

    def __len__(self):
        return -1
