import numpy as np


def normalize(x):
    return (x - x.mean()) / x.std()


def fill(x, v):
    x[...] = v


def echo(x):
    return x


def total(x):
    return x.sum()


def matmul(a, b):
    return a @ b


def split(x, n):
    return np.split(x, n)


def sample(rng, n):
    return rng.normal(size=n)


def legacy(n):
    return np.random.rand(n)


def inverse(a):
    return np.linalg.inv(a)


def apply(f, x):
    return f(x)


def gradient(f, x, h=1e-6):
    out = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        out[i] = (f(x + step) - f(x - step)) / (2 * h)
    return out


class Layer:
    def __init__(self, n, m):
        self.W = np.zeros((n, m))

    def forward(self, x):
        return x @ self.W


def all_positive(x):
    return (x > 0).all()
