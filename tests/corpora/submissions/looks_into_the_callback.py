# kind: leak
# tries: reads code, globals and closure of the test's callback
# expect: failed error
# earns: 0

import gc
import inspect


def look(thing):
    for name in ("__globals__", "__code__", "__closure__", "__self__", "__wrapped__", "__dict__",
                 "__defaults__", "__module__", "__builtins__", "__reduce__", "__class__",
                 "__init__", "f_back", "__func__", "__getstate__"):
        try:
            value = getattr(thing, name)
            print(name, value)
            for deeper in ("co_consts", "co_names", "__globals__", "cell_contents"):
                print(deeper, getattr(value, deeper, None))
            print(value() if callable(value) else [one for one in value])
        except BaseException as error:
            print(name, error)
    for reader in (inspect.getsource, inspect.getclosurevars, gc.get_referents, gc.get_referrers,
                   vars, dir, repr):
        try:
            print(reader(thing))
        except BaseException as error:
            print(reader, error)


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    look(function)
    look(values)
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
