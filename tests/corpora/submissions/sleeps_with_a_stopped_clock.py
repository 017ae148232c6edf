# kind: exhaust
# tries: stops the clocks it knows and sleeps
# expect: timeout
# earns: 0

import time

sleep = time.sleep
time.time = time.monotonic = time.perf_counter = lambda: 0.0
sleep(600)


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
