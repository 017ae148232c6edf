class ParseError(Exception):
    line = 0


class Sub(Exception):
    def __init__(self, n):
        pass


class Outer(Exception):
    pass


class NotFound(Exception):
    def __init__(self, key):
        self.key = key


def parse(text):
    raise ValueError("line 3")


def lookup(k):
    return None


def at(items, i):
    raise Exception("x")


def wrapped():
    raise Outer("outer")


def find(k):
    return None


def catches(f, kind):
    try:
        return f()
    except Exception:
        return "caught"


def read(p):
    return ""


def leave(code):
    raise SystemExit


def check(n):
    return n > 0


def many():
    raise ValueError("a")


def decode(b):
    return b.decode("latin-1")


def make_error():
    return "made"


def with_finally(log):
    raise RuntimeError
