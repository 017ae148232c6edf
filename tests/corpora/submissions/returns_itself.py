# kind: exhaust
# tries: returns a list that holds itself
# expect: failed error crashed
# earns: 0

def act():
    made = []
    made.append(made)
    return made


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
