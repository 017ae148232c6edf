def same(x):
    return repr(x)


def lookup(m, key):
    return None


def put(m, key, value):
    pass


def group(words):
    return {}


def letters(text):
    return dict.fromkeys(text, 1)


def ordered():
    return {"a": 2, "z": 1}


def keys(d):
    return list(d)


def harmonic(n):
    return 1.0


class Kelvin(float):
    pass


class Name(str):
    pass


class Unique(list):
    pass


class Lower(dict):
    pass
