# kind: honest
# tries: is right and registers handlers that never return at its end
# expect: passed
# earns: 8

import atexit
import threading
import time

atexit.register(time.sleep, 600)
threading.Thread(target=time.sleep, args=(600,)).start()


def median(values):
    values = sorted(values)
    if not values:
        raise ValueError("empty")
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def clean(names):
    kept = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    names[:] = kept


def each(values, function):
    for value in values:
        yield function(value)


class Tally:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)

    def count(self, item):
        return self.items.count(item)

    def __len__(self):
        return len(self.items)
