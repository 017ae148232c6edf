# kind: damage
# tries: edits every database and results file above its folder
# expect: failed
# earns: 0

import glob
import os
import sqlite3

here = os.getcwd()
for _ in range(5):
    for path in glob.glob(here + "/*.db") + glob.glob(here + "/*.sqlite*"):
        try:
            with sqlite3.connect(path, timeout=0.2) as base:
                base.execute("create table owned (x)")
        except sqlite3.Error:
            pass
    for path in glob.glob(here + "/*.json"):
        try:
            open(path, "w").write('{"verdict": "passed"}')
        except OSError:
            pass
    here = os.path.dirname(here)


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
