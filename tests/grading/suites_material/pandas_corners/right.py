import pandas as pd


def same(x):
    return x


def units_per_shop(f):
    return f.groupby("shop", observed=True)["units"].sum()


def grouped(f):
    return f.groupby("shop", observed=True)


def pivot(f):
    return f.set_index(["r", "c"])


def add_total(f):
    f["total"] = f["units"].astype(float) * f["price"]


def drop_missing(f):
    f.dropna(inplace=True)


def set_first(s, v):
    s.iloc[0] = v


def rename(f):
    f.rename(columns=str.upper, inplace=True)


def clean(f):
    return f.dropna()


def apply(s, function):
    return s.apply(function)


def row_apply(f, function):
    return f.apply(function, axis=1)


def square(v):
    return v * v


def spread(s):
    return s.max() - s.min()


def latest(s):
    return s.max()


def nothing():
    return pd.NA


def no_time():
    return pd.NaT


def frame_of(x):
    return pd.DataFrame(x)


def column(f, name):
    return f[name]


def daily(s):
    return s.resample("D").sum()


def rolling(s, n):
    return s.rolling(n).mean()


def join(a, b):
    return a.merge(b, on="k")


def top(f, n):
    return f.nlargest(n, "n")


def load(path):
    return pd.read_csv(path)


def store(f, path):
    f.to_csv(path, index=False)
