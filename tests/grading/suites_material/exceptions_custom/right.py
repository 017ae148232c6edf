class ParseError(Exception):
    def __init__(self, line):
        super().__init__(f"error on line {line}")
        self.line = line


class Sub(ParseError):
    pass


class Outer(Exception):
    pass


class NotFound(LookupError):
    def __init__(self, key):
        self.key = key

    def __str__(self):
        return f"no {self.key} here"

    def describe(self):
        return "missing:" + self.key


def parse(text):
    if text == "bad":
        raise ParseError(3)
    if text == "sub":
        raise Sub(1)
    return text


def lookup(k):
    return {}[k]


def at(items, i):
    return items[i]


def wrapped():
    try:
        raise ValueError("inner")
    except ValueError as e:
        raise Outer("outer") from e


def find(k):
    raise NotFound(k)


def catches(f, kind):
    try:
        return f()
    except kind:
        return "caught"


def read(p):
    return open(p).read()


def leave(code):
    import sys

    sys.exit(code)


def check(n):
    assert n > 0, "must be positive"


def many():
    raise ExceptionGroup("several", [ValueError("a"), TypeError("b")])


def decode(b):
    return b.decode("utf-8")


def make_error():
    return ValueError("made")


def with_finally(log):
    try:
        raise RuntimeError
    finally:
        log.append("cleanup")
