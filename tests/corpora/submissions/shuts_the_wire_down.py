# kind: forge
# tries: shuts the connection down in both directions
# expect: crashed error failed
# earns: 0

import os
import socket

for fd in range(3, 1100):
    try:
        socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_RDWR)
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
