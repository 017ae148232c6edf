def box(a, *rest, b):
    if len(rest) > 1:
        raise TypeError
    return a, b, rest


def collect(*args, **kwargs):
    return args, kwargs


def only(x, /):
    return x


def greet(name=None, greeting="hello"):
    return f"{greeting} {name or 'world'}"


def stats(v):
    return min(v), max(v), sum(v) / len(v)


def nothing():
    pass
