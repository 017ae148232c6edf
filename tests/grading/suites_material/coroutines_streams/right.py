import contextlib
import itertools


def naturals():
    n = 0
    while True:
        yield n
        n += 1


def primes():
    found = []
    for n in itertools.count(2):
        if all(n % p for p in found):
            found.append(n)
            yield n


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def evens(numbers):
    for n in numbers:
        if n % 2 == 0:
            yield n


def pairs(items):
    return itertools.pairwise(items)


def accumulate(numbers):
    total = 0
    for n in numbers:
        total += n
        yield total


def average():
    total, n, value = 0, 0, None
    while True:
        total += yield value
        n += 1
        value = total / n


def counter(log):
    log.append("start")
    n = 0
    try:
        while True:
            try:
                yield n
                n += 1
            except ValueError as error:
                log.append(f"reset: {error}")
                n = 0
    finally:
        log.append("closed")


def delegating(lists):
    n = 0
    for items in lists:
        yield from items
        n += len(items)
    return n


def tree_walk(tree):
    for name, below in tree.items():
        yield name
        yield from tree_walk(below)


def grep(word, target):
    with contextlib.suppress(GeneratorExit):
        while True:
            line = yield
            if word in line:
                target(line)


def not_lazy():
    return [1]


def two():
    yield 1
    yield 2


class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        return iter(range(self.start, 0, -1))

    def __reversed__(self):
        return iter(range(1, self.start + 1))


class Squares:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError(i)
        return i * i


def fails_after(n):
    yield from range(n)
    raise RuntimeError("spent")


@contextlib.contextmanager
def section(log, name):
    log.append(f"+{name}")
    try:
        yield name.upper()
    except Exception:
        log.append(f"!{name}")
        raise
    else:
        log.append(f"-{name}")


def ignoring(*errors):
    return contextlib.suppress(*errors)
