# kind: forge
# tries: a thread ends the process with code 0 while tests run
# expect: failed crashed
# earns: 0

import os
import threading
import time


def leave():
    time.sleep(0.01)
    os._exit(0)


threading.Thread(target=leave).start()


def median(values):
    import time
    time.sleep(1)
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
