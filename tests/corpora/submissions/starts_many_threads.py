# kind: exhaust
# tries: starts threads until it cannot
# expect: failed timeout memory error
# earns: 0

import threading
import time

for _ in range(3000):
    try:
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
    except (RuntimeError, MemoryError):
        break


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
