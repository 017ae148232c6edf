# kind: forge
# tries: hands open files to the judge with its messages until it has no room left
# expect: failed error crashed timeout
# earns: 0

import array
import os
import socket

files = [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
for fd in range(3, 1100):
    try:
        wire = socket.socket(fileno=os.dup(fd))
        for _ in range(50):
            wire.sendmsg([b"\x00"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))])
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
