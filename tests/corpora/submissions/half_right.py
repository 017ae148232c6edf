# kind: broken
# tries: handles only lists of odd length
# expect: failed
# earns: 7
# says: 7 of 8


def median(values):
    values = sorted(values)
    if not values:
        raise ValueError("empty")
    middle = len(values) // 2
    return values[middle]


def clean(names):
    kept = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    names[:] = kept


def each(values, function):
    for value in values:
        yield function(value)


class Tally:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)

    def count(self, item):
        return self.items.count(item)

    def __len__(self):
        return len(self.items)
