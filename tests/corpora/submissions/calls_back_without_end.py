# kind: exhaust
# tries: calls the test's own function for ever, from many threads
# expect: failed timeout crashed
# earns: 0

import threading


def each(values, function):
    def call():
        while True:
            function(1)

    for _ in range(20):
        threading.Thread(target=call, daemon=True).start()
    call()


def median(values):
    return 0


def clean(names):
    return None


class Tally:
    def add(self, item):
        pass
