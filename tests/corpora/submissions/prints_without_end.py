# kind: exhaust
# tries: prints megabytes
# expect: failed timeout
# earns: 0

for _ in range(300):
    print("x" * 100_000)


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
