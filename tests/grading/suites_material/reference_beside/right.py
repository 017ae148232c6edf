from itertools import groupby


def longest_run(data):
    return max((len(list(g)) for _, g in groupby(data)), default=0)


def standardise(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)
