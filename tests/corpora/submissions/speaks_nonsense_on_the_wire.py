# kind: forge
# tries: a thread writes random bytes to the wire while it is used
# expect: failed error crashed timeout
# earns: 0

import os
import threading


def flood():
    for _ in range(2000):
        for fd in range(3, 1100):
            try:
                os.write(fd, os.urandom(64))
            except OSError:
                pass


threading.Thread(target=flood, daemon=True).start()


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
