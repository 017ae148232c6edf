# kind: damage
# tries: leaves a chain of short-lived processes that run ahead of every signal
# expect: failed crashed
# earns: 0

import ctypes
import os
import signal

libc = ctypes.CDLL(None)
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
try:
    if os.fork() == 0:
        for leave in (os.setsid, os.setpgrp):
            try:
                leave()
            except OSError:
                pass
        while True:
            if libc.fork() != 0:
                libc._exit(0)
except OSError:
    pass


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
