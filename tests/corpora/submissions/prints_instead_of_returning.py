# kind: broken
# tries: prints its results
# expect: failed
# earns: 0


def median(values):
    print(sorted(values)[len(values) // 2])


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
