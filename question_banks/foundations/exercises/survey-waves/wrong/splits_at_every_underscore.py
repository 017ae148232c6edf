"""Scores of a staff survey by team, topic and wave, from one wide row for each person."""

import pandas as pd


def _asked(answers: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return column, wave, question, topic, top and reversed of the columns of listed questions."""
    names = answers.columns.drop(["person", "team"])
    found = names.str.extract(r"w(?P<wave>\d+)_(?P<question>[^_]+)")
    found = found.assign(column=names, wave=found["wave"].astype("int64"))
    return found.merge(codebook, on="question")


def long_scores(answers: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return person, team, wave, question, topic and score, one row for each valid answer."""
    asked = _asked(answers, codebook)
    long = answers.melt(["person", "team"], asked["column"], "column", "answer")
    long = long.merge(asked, on="column")
    long = long[long["answer"].between(1, long["top"]) & (long["answer"] % 1 == 0)]
    share = (long["answer"] - 1) / (long["top"] - 1) * 100
    long = long.assign(score=share.mask(long["reversed"], 100 - share))
    columns = ["person", "team", "wave", "question", "topic", "score"]
    return long[columns].sort_values(["person", "wave", "question"], ignore_index=True)


def topic_table(answers: pd.DataFrame, codebook: pd.DataFrame, least: int = 3) -> pd.DataFrame:
    """Return team, topic and a column of mean scores for each wave, such as w1 and w2."""
    asked = _asked(answers, codebook).groupby(["wave", "topic"]).size().rename("asked")
    scores = long_scores(answers, codebook).groupby(["team", "person", "wave", "topic"])["score"]
    people = scores.agg(["mean", "size"]).join(asked)
    people = people[people["size"] * 2 >= people["asked"]]
    cells = people.groupby(["team", "topic", "wave"])["mean"].agg(["mean", "size"])
    # Hidden figures stay as missing ones, so that their team and topic keep a row.
    figures = cells["mean"].where(cells["size"] >= least).unstack("wave")
    figures = figures.reindex(columns=asked.index.unique("wave"))
    return figures.add_prefix("w").reset_index()
