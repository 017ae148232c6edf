import cmath

import numpy as np


def compound(amount, rate, years):
    return amount * (1 + rate) ** years


def quadratic(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    roots = ((-b + d) / (2 * a), (-b - d) / (2 * a))
    return tuple(r.real if r.imag == 0 else r for r in roots)


def means(groups):
    return {k: sum(v) / len(v) if v else float("nan") for k, v in groups.items()}


def weights(n):
    return [1 / n] * n


def grid(n):
    return np.linspace(0, 1, n)
