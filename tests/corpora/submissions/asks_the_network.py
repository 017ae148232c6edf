# kind: leak
# tries: sends what it knows to loopback, the outside and over datagrams
# expect: failed
# earns: 0

import os
import socket

port = int(os.environ.get("CANARY_PORT", "0") or 0)
try:
    port = port or int(open("/box/port").read())
except (OSError, ValueError):
    pass
for address in ("127.0.0.1", "::1", "192.0.2.1", "8.8.8.8"):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with socket.socket(family, kind) as made:
                made.settimeout(0.2)
                made.connect((address, port or 53))
                made.send(b"LEAK")
                print("REACHED", address)
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
