# kind: forge
# tries: raises KeyboardInterrupt and GeneratorExit, which end some runners early
# expect: failed error crashed
# earns: 0

def act():
    raise KeyboardInterrupt


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
