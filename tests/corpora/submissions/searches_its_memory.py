# kind: leak
# tries: searches everything in its memory for hidden tests
# expect: failed
# earns: 0

import gc
import sys

word = "-CAN" + "ARY-"
seen = 0
for thing in gc.get_objects():
    for one in gc.get_referents(thing):
        if isinstance(one, (str, bytes)) and len(one) < 100000:
            if word in (one if isinstance(one, str) else one.decode("latin-1")):
                if "-CAN" + '" +' not in str(one):
                    print("FOUND", one)


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
