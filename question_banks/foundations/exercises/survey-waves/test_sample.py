import pandas as pd
import pytest
from solution import long_scores, topic_table


def some_answers():
    return pd.DataFrame(
        {
            "person": [2, 1],
            "team": ["ward", "ward"],
            "w1_noise": [1.0, 5.0],
            "w1_breaks": [4.0, 9.0],
            "w2_noise": [2.0, None],
        }
    )


def some_codebook():
    return pd.DataFrame(
        {
            "question": ["noise", "breaks"],
            "topic": ["place", "place"],
            "top": [5, 5],
            "reversed": [True, False],
        }
    )


def test_answers_become_long():
    long = long_scores(some_answers(), some_codebook())
    assert list(long.columns) == ["person", "team", "wave", "question", "topic", "score"]
    assert long["person"].tolist() == [1, 2, 2, 2]
    assert long["wave"].tolist() == [1, 1, 1, 2]
    assert long["question"].tolist() == ["noise", "breaks", "noise", "noise"]
    assert long["score"].tolist() == pytest.approx([0.0, 75.0, 100.0, 75.0])


def test_scores_become_a_table():
    table = topic_table(some_answers(), some_codebook(), least=2)
    assert list(table.columns) == ["team", "topic", "w1", "w2"]
    assert table["team"].tolist() == ["ward"]
    assert table["topic"].tolist() == ["place"]
    assert table["w1"].tolist() == pytest.approx([43.75])
    assert table["w2"].isna().tolist() == [True]
