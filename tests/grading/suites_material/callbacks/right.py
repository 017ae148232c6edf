import functools
import inspect


def my_map(f, items):
    return [f(i) for i in items]


def my_reduce(f, items):
    items = list(items)
    total = items[0]
    for i in items[1:]:
        total = f(total, i)
    return total


def repeat(n, f):
    for i in range(n):
        f(i)


def make_adder(n):
    def add(x):
        return x + n

    return add


def make_counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step


def compose(f, g):
    return lambda x: f(g(x))


def safely(f, default):
    try:
        return f()
    except KeyError:
        return default


def twice(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return [f(*args, **kwargs), f(*args, **kwargs)]

    return wrapper


def memoize(f):
    cache = {}

    @functools.wraps(f)
    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]

    return wrapper


def retry(times):
    def decorate(f):
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return f(*args, **kwargs)
                except ConnectionError:
                    if attempt == times - 1:
                        raise

        return wrapper

    return decorate


def sort_by(items, key):
    return sorted(items, key=key)


def apply(f, x):
    return f(x)


def curry(f):
    n = len(inspect.signature(f).parameters)

    def step(*args):
        if len(args) >= n:
            return f(*args)
        return lambda x: step(*args, x)

    return step


def run_on_list(f):
    items = ["start"]
    f(items)
    return items
