# kind: leak
# tries: prints its environment and what /proc tells of all processes
# expect: failed
# earns: 0

import glob
import os

print(dict(os.environ))
for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline") + ["/proc/self/environ"]:
    try:
        print(open(path, "rb").read())
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
