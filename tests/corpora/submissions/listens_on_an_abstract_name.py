# kind: damage
# tries: offers and calls sockets without a file
# expect: failed crashed
# earns: 0

import socket

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    for name in ("\0examengine", "\0/tmp/.X11-unix/X0", "\0dbus"):
        try:
            one = socket.socket(socket.AF_UNIX, kind)
            one.bind(name)
            one.listen()
        except OSError:
            pass
        try:
            socket.socket(socket.AF_UNIX, kind).connect(name)
        except OSError:
            pass
for family in (socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK, socket.AF_ALG):
    try:
        socket.socket(family, socket.SOCK_RAW)
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
