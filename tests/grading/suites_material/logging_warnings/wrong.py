import warnings


class MyWarning(UserWarning):
    pass


def old():
    return 1


def deprecated():
    print("deprecated")


def quiet():
    warnings.warn("noise")
    return 2


def mine():
    warnings.warn("m")


def work():
    print("started")
