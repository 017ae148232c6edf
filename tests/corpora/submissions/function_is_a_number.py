# kind: broken
# tries: binds a number to the name of the function
# expect: failed
# earns: 0


median = 3


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
