import functools
import inspect


def count_calls(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def cached(function):
    return functools.lru_cache(maxsize=None)(function)


def typed(function):
    kinds = function.__annotations__

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        bound = inspect.signature(function).bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            if name in kinds and not isinstance(value, kinds[name]):
                raise TypeError(f"{name} must be {kinds[name].__name__}")
        return function(*args, **kwargs)

    return wrapper
