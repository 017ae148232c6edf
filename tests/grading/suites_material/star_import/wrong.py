__all__ = ["triple", "_hidden"]


def triple(x):
    return x


def _hidden():
    return 1
