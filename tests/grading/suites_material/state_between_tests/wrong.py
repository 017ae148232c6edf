NAMES = []
CONFIG = {"depth": 1}
level = 0


def reset():
    global NAMES
    NAMES = []


def register(name):
    NAMES.append(name)


def names():
    return list(NAMES)


def raise_level():
    level = 1


def depth():
    return 1


def extras():
    return 0


class Tally:
    total = 0

    def hit(self):
        self.total += 1
