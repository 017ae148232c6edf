import functools
import operator


@functools.cache
def fib(n):
    """Return a Fibonacci number."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.singledispatch
def area(value):
    return "unknown"


@area.register
def _(value: int):
    return f"number {value}"


@area.register
def _(value: str):
    return f"text of {len(value)}"


@area.register(list)
def _(value):
    return f"list of {len(value)}"


class Matrix:
    def __init__(self):
        self.calls = 0

    @functools.singledispatchmethod
    def show(self, value):
        return "other"

    @show.register
    def _(self, value: int):
        return "int"

    @show.register
    def _(self, value: str):
        return "str"

    @functools.cached_property
    def expensive(self):
        self.calls += 1
        return 42


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


def add(a, b):
    return a + b


double = functools.partial(operator.mul, 2)


def compose(*functions):
    def composed(x):
        for f in reversed(functions):
            x = f(x)
        return x

    return composed


def memoize(f):
    known = {}

    @functools.wraps(f)
    def inner(*args):
        if args not in known:
            known[args] = f(*args)
        return known[args]

    return inner


def retry(times, exceptions):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            for left in range(times - 1, -1, -1):
                try:
                    return f(*args, **kwargs)
                except exceptions:
                    if not left:
                        raise

        return inner

    return decorate


def trace(log):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            result = f(*args, **kwargs)
            shown = [repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
            log.append(f"{f.__name__}({', '.join(shown)}) -> {result!r}")
            return result

        return inner

    return decorate


def timed(f, clock):
    def inner(*args):
        start = clock()
        result = f(*args)
        return result, clock() - start

    return inner


@functools.lru_cache(maxsize=2)
def slow_square(x):
    return x * x


def by_length(a, b):
    return len(b) - len(a)


def pick(key):
    return operator.itemgetter(key)


def numbers():
    yield from (1, 2, 3, 4)


def counter():
    counter.count += 1
