# kind: exhaust
# tries: catches everything in a loop
# expect: timeout
# earns: 0

def act():
    while True:
        try:
            while True:
                pass
        except BaseException:
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
