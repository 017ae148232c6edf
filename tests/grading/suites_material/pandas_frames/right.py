import pandas as pd


def totals(df):
    return df.groupby("city")["amount"].sum()


def fill_missing(df):
    return df.assign(amount=df["amount"].fillna(0))


def add_month(df):
    df["month"] = df["day"].dt.month


def by_month(df):
    return df.pivot_table(index="city", columns=df["day"].dt.month, values="amount", aggfunc="sum")


def echo(x):
    return x


def column(df, name):
    return df[name]


def join(a, b):
    return a.merge(b, on="k")


def apply_rows(df, f):
    return df.apply(f, axis=1)


def read(path):
    return pd.read_csv(path)


def groups(df):
    return df.groupby("city")
