"""Scores of a staff survey by team, topic and wave, from one wide row for each person."""

import pandas as pd


def long_scores(answers: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return person, team, wave, question, topic and score, one row for each valid answer."""
    raise NotImplementedError


def topic_table(answers: pd.DataFrame, codebook: pd.DataFrame, least: int = 3) -> pd.DataFrame:
    """Return team, topic and a column of mean scores for each wave, such as w1 and w2."""
    raise NotImplementedError
