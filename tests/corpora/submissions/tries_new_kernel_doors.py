# kind: damage
# tries: io_uring, userfaultfd, perf, bpf, keys, mounts, namespaces, anonymous programs
# expect: failed crashed
# earns: 0

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for call in (425, 426, 427, 323, 298, 321, 248, 249, 250, 165, 428, 429, 430, 432, 442, 272, 308, 319, 447, 304, 155, 161, 300, 310, 311, 438, 440, 448):
    libc.syscall(call, 0, 0, 0, 0, 0, 0)
arguments = (ctypes.c_ulonglong * 11)(0x10000000 | 0x20000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
if libc.syscall(435, ctypes.byref(arguments), 88) == 0:
    os._exit(0)
try:
    program = os.memfd_create("x")
    os.write(program, b"#!/bin/sh\ntouch /tmp/owned\n")
    if os.fork() == 0:
        os.execve(program, ["x"], {})
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
