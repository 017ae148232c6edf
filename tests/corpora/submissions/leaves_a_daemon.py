# kind: damage
# tries: leaves a daemon that writes later
# expect: failed crashed error timeout
# earns: 0

import os
import time

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 2000)
            time.sleep(4)
            for path in ("~/owned-by-daemon", "/tmp/owned-by-daemon"):
                try:
                    open(os.path.expanduser(path), "w").close()
                except OSError:
                    pass
            time.sleep(20)
        os._exit(0)
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
