# kind: exhaust
# tries: never returns
# expect: timeout
# earns: 0
# says: time limit

def act():
    while True:
        pass


def median(values):
    return act()


def clean(names):
    return act()


def each(values, function):
    return act()


class Tally:
    def add(self, item):
        return act()

    def count(self, item):
        return act()

    def __len__(self):
        return act()
