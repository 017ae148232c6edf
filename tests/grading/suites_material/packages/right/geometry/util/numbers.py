LIMIT = 100


def clamp(x, low, high):
    return max(low, min(x, high))


def limited(x):
    return min(x, LIMIT)
