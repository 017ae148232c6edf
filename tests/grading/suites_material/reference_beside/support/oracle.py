"""The expected behaviour."""

import numpy as np

TABLE = {(): 0, (1, 1, 2): 2, (1, 2, 3): 1, (4, 4, 4): 3}


def longest_run(data):
    best = run = 0
    for i, x in enumerate(data):
        run = run + 1 if i and data[i - 1] == x else 1
        best = max(best, run)
    return best


def standardise(x):
    return (x - np.mean(x, axis=0)) / np.std(x, axis=0)


def check(function):
    for given, want in TABLE.items():
        got = function(list(given))
        assert got == want, f"for {given}: {got} is not {want}"
