import pandas as pd


def totals(df):
    return df.groupby("city")["amount"].mean()


def fill_missing(df):
    df["amount"] = df["amount"].fillna(0)
    return df


def add_month(df):
    return df.assign(month=df["day"].dt.month)


def by_month(df):
    return df


def echo(x):
    return None


def column(df, name):
    return df.get(name)


def join(a, b):
    return a


def apply_rows(df, f):
    return df["city"]


def read(path):
    return pd.DataFrame()


def groups(df):
    return []
