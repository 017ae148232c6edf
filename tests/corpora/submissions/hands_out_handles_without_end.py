# kind: exhaust
# tries: returns lists of hundreds of thousands of objects
# expect: failed timeout memory crashed
# earns: 0

class Thing:
    pass




def median(values):
    return [Thing() for _ in range(300_000)]


def clean(names):
    return None


def each(values, function):
    return [[Thing()] for _ in range(300_000)]


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return Thing()

    def __len__(self):
        return -1
