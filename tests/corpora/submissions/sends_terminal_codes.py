# kind: leak
# tries: prints and raises control sequences for the terminal
# expect: failed
# earns: 0

print("\x1b]0;owned\x07\x1b[2J\x1b]52;c;b3duZWQ=\x07\x9b31m\u202egnp\u2066")


def act():
    raise RuntimeError("\x1b]52;c;b3duZWQ=\x07\x1b[2J\r8 passed")


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
