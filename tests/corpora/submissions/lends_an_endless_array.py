# kind: exhaust
# tries: returns arrays that claim a size which nothing holds
# expect: failed memory timeout crashed error
# earns: 0

import numpy as np

ENDLESS = np.broadcast_to(np.float64(1), (10**12,))




def median(values):
    return ENDLESS


def clean(names):
    return None


def each(values, function):
    return [ENDLESS]


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return ENDLESS

    def __len__(self):
        return -1
