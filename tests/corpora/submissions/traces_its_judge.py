# kind: leak
# tries: attaches to, reads and takes descriptors from every near process
# expect: failed crashed
# earns: 0

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


for pid in [os.getppid(), *range(1, 400)]:
    if pid == os.getpid():
        continue
    if libc.ptrace(16, pid, 0, 0) == 0 or libc.ptrace(0x4206, pid, 0, 0) == 0:
        print("traced", pid)
    here, there = Vector(ctypes.addressof(buffer), 4096), Vector(0x400000, 4096)
    if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
        print("read", buffer.raw)
    handle = libc.syscall(434, pid, 0)
    for fd in range(10 if handle >= 0 else 0):
        taken = libc.syscall(438, handle, fd, 0)
        if taken >= 0:
            print("took", os.read(taken, 100))


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
