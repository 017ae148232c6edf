# kind: damage
# tries: tries namespaces, mounts, user ids, keys and kernel calls
# expect: failed
# earns: 0

import ctypes
import os

libc = ctypes.CDLL(None)
for action in (lambda: libc.unshare(0x10000000), lambda: libc.unshare(0x20000),
               lambda: libc.mount(b"/", b"/tmp", None, 4096, None), lambda: libc.umount2(b"/", 2),
               lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.chroot("/"),
               lambda: libc.ptrace(16, 1, 0, 0), lambda: libc.syscall(250, 0, -3, 0),
               lambda: libc.syscall(321, 0, 0, 0), lambda: libc.syscall(425, 8, 0),
               lambda: libc.prctl(1, 0, 0, 0, 0), lambda: libc.prctl(36, 1, 0, 0, 0)):
    try:
        action()
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
