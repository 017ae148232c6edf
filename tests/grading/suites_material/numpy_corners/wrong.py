import numpy as np


def same(x):
    return np.asarray(x, dtype=float)


def by_age(people):
    people.sort(order="age")
    return people


def business_days(a, b):
    return np.arange(a, b, dtype="datetime64[s]")


def mean(a):
    return int(np.mean(a))


def mask_negative(a):
    return a[a >= 0]


def double(a):
    return a * 2


def add(a, b, out=None):
    return a + b


def sorted_copy(a):
    a.sort()
    return a


def sample(rng, n):
    return np.random.rand(n)


def seeded(seed):
    return np.random.rand(3)


def apply(f, x):
    return x


def softmax(x):
    return np.exp(x)


def normalize(x):
    return x


class Model:
    def __init__(self, n):
        self.mean_ = np.zeros(n)

    def fit(self, x):
        pass

    def transform(self, x):
        return x
