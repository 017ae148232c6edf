# kind: exhaust
# tries: returns mappings whose keys all have one hash
# expect: failed timeout crashed memory
# earns: 0

PRIME = 2**61 - 1


def median(values):
    return {n * PRIME: n for n in range(6000)}


def clean(names):
    names[:] = [frozenset(n * PRIME for n in range(6000))]


def each(values, function):
    return [{n * PRIME: n for n in range(6000)}] * 3


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return {n * PRIME for n in range(6000)}

    def __len__(self):
        return 2**62
