def count_calls(function):
    def wrapper(self, *args, **kwargs):
        wrapper.calls = 1
        return function(self, *args, **kwargs)

    wrapper.calls = 0
    return wrapper


def cached(function):
    return lambda *args: function(*args[1:])


def typed(function):
    return function
