import numpy as np


def same(x):
    return x


def by_age(people):
    return np.sort(people, order="age")


def business_days(a, b):
    days = np.arange(a, b, dtype="datetime64[D]")
    return days[np.is_busday(days)]


def span(days):
    return days.max() - days.min()


def mean(a):
    return np.mean(a)


def mask_negative(a):
    return np.ma.masked_less(a, 0)


def double(a):
    a *= 2


def add(a, b, out=None):
    return np.add(a, b, out=out)


def sorted_copy(a):
    return np.sort(a)


def sample(rng, n):
    return rng.normal(size=n)


def legacy(n):
    return np.random.rand(n)


def seeded(seed):
    return np.random.default_rng(seed).integers(0, 1000, 5)


def apply(f, x):
    return f(x)


def polynomial(c):
    return np.poly1d(c)


def gradient(f, x, h=1e-6):
    g = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        g[i] = (f(x + step) - f(x - step)) / (2 * h)
    return g


def clip_one(x):
    return float(min(1, max(0, x)))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def normalize(x):
    return x / np.linalg.norm(x)


def shape_report(a):
    return {"shape": a.shape, "ndim": a.ndim}


def invert(a):
    return np.linalg.inv(a)


def divide(a, b):
    return a / b


def solve(a, b):
    return np.linalg.solve(a, b)


def svd(a):
    return np.linalg.svd(a)


def qr(a):
    return np.linalg.qr(a)


class Model:
    def __init__(self, n):
        self.n = n

    def fit(self, x):
        self.mean_ = x.mean(axis=0)
        return self

    def transform(self, x):
        return x - self.mean_

    def __array__(self, dtype=None, copy=None):
        return self.mean_


def split(a, share):
    n = int(len(a) * share)
    return {"train": a[n:], "test": a[:n]}


def minmax(a):
    return a.min(), a.max()


def unique(a):
    return np.unique(a)


def upper(a):
    return np.char.upper(a)


def records():
    return np.rec.fromarrays([[1, 2], ["a", "b"]], names="x,y")


def batches(a, n):
    return [a[i : i + n] for i in range(0, len(a), n)]
