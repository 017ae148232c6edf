LIMIT = 7


def triple(x):
    return 3 * x


class Thing:
    kind = "thing"


def _hidden():
    return 1

