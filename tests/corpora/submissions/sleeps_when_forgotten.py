# kind: exhaust
# tries: returns objects that sleep for ever when they are thrown away
# expect: failed timeout
# earns: 0

import time


class Sleepy:
    def __del__(self):
        time.sleep(600)




def median(values):
    return Sleepy()


def clean(names):
    return None


def each(values, function):
    return [Sleepy()]


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return Sleepy()

    def __len__(self):
        return -1
