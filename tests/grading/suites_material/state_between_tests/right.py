NAMES = []
CONFIG = {"depth": 1}
level = 0


def reset():
    NAMES.clear()


def register(name):
    NAMES.append(name)


def names():
    return NAMES


def raise_level():
    global level
    level += 1


def depth():
    return CONFIG["depth"]


def extras():
    return len(CONFIG["extra"])


class Tally:
    total = 0

    def hit(self):
        Tally.total += 1
