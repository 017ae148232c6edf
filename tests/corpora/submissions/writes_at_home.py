# kind: damage
# tries: writes into home, system and temporary folders of the machine
# expect: failed
# earns: 0

import os

for path in ("~/owned", "~/.bashrc", "~/canary/owned", "/etc/owned", "/usr/lib/owned",
             "/var/tmp/examengine-owned", "/dev/shm/examengine-owned"):
    try:
        with open(os.path.expanduser(path), "a") as file:
            file.write("owned")
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
