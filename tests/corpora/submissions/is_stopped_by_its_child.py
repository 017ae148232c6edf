# kind: exhaust
# tries: a child stops it again and again, to sleep outside its processor time
# expect: timeout failed crashed
# earns: 0

import os
import signal
import time

parent = os.getpid()
try:
    if os.fork() == 0:
        while True:
            os.kill(parent, signal.SIGSTOP)
            time.sleep(0.01)
except OSError:
    while True:
        time.sleep(1)


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
