import pandas as pd


def same(x):
    return x.copy() if len(x) > 2 else x.iloc[:1]


def units_per_shop(f):
    return f["units"].sum()


def grouped(f):
    return dict(list(f.groupby("shop", observed=True)))


def pivot(f):
    return f


def add_total(f):
    return f.assign(total=0)


def drop_missing(f):
    return f.dropna()


def clean(f):
    f.dropna(inplace=True)
    return f


def square(v):
    return v


def nothing():
    return None


def daily(s):
    return s
