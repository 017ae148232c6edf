class Deck:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]

    def __len__(self):
        return len(self.items)


class FrozenMap(dict):
    @classmethod
    def of(cls, mapping):
        return cls(mapping)


class Stream:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))


class Ordered:
    def __init__(self, n):
        self.n = n

    def __lt__(self, o):
        return False


class Temperature:
    def __init__(self, n):
        self.n = n


def total_length(items):
    return len(items)
