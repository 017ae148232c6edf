def longest_run(data):
    return len(set(data))


def standardise(x):
    return (x - x.mean()) / x.std()
