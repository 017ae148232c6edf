# kind: broken
# tries: takes other arguments
# expect: failed
# earns: 0
# says: argument


def median():
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
