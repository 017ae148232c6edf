def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def times(n):
    return lambda b: n * b


def date_pattern():
    return "(.*)"


def first_match(pattern, text):
    return pattern


def settings():
    return {"debug": False}


def read_name(o):
    return "?"


def as_stream(text):
    return iter(text)


def write_bytes(b):
    pass


def layered(*maps):
    return {**maps[0], **maps[1]}


def counter(n):
    return [n]


def pairs(items):
    return list(zip(items, items[1:]))


def view(b):
    return b


def conj(z):
    return z


def identity(x=1):
    return x
