import pandas as pd
import pytest
from solution import long_scores, topic_table

LONG_COLUMNS = ["person", "team", "wave", "question", "topic", "score"]


def a_codebook(*rows):
    """A codebook from (question, topic) or (question, topic, top, reversed)."""
    full = [row if len(row) == 4 else (*row, 5, False) for row in rows]
    return pd.DataFrame(full, columns=["question", "topic", "top", "reversed"])


def answers_of(persons, team="ward", **columns):
    """Answers of the persons, all of one team; the columns as lists."""
    frame = pd.DataFrame({"person": persons, "team": team, **columns})
    return frame.astype(dict.fromkeys(columns, "float64"))


def scored(long):
    """The rows of long scores as plain tuples without team and topic."""
    assert list(long.columns) == LONG_COLUMNS
    assert long.index.tolist() == list(range(len(long)))
    return [
        (person, wave, question, pytest.approx(score, abs=1e-9))
        for person, wave, question, score in zip(
            *(long[name].tolist() for name in ("person", "wave", "question", "score")),
            strict=True,
        )
    ]


def lines(table):
    """The rows of a table as plain tuples, with None for missing figures."""
    assert table.index.tolist() == list(range(len(table)))
    return [
        tuple(
            value if isinstance(value, str) else None if pd.isna(value) else pytest.approx(value)
            for value in row
        )
        for row in table.to_numpy().tolist()
    ]


NOISE = a_codebook(("noise", "place"))


def test_names_of_columns_are_taken_apart():
    answers = answers_of(
        [4],
        w12_noise=[1],
        w1_fair_pay=[2],
        w2_noise=[3],
        w1_noise=[4],
        w2_fair_pay_2=[5],
        w1_parking=[5],
    )
    codebook = a_codebook(("fair_pay", "pay"), ("noise", "place"), ("fair_pay_2", "pay"))
    long = long_scores(answers, codebook)
    assert scored(long) == [
        (4, 1, "fair_pay", 25.0),
        (4, 1, "noise", 75.0),
        (4, 2, "fair_pay_2", 100.0),
        (4, 2, "noise", 50.0),
        (4, 12, "noise", 0.0),
    ]
    assert long["topic"].tolist() == ["pay", "place", "pay", "place", "place"]
    assert str(long["wave"].dtype) == "int64"


def test_only_valid_answers_have_a_row():
    answers = answers_of(
        [1, 2, 3, 4, 5, 6, 7],
        w1_noise=[5, 9, 0, None, 1, 6, 3.5],
        w1_mood=[9, 10, 8, 11, 99, -1, 1],
    )
    codebook = a_codebook(("noise", "place"), ("mood", "mood", 10, False))
    assert scored(long_scores(answers, codebook)) == [
        (1, 1, "mood", 800 / 9),
        (1, 1, "noise", 100.0),
        (2, 1, "mood", 100.0),
        (3, 1, "mood", 700 / 9),
        (5, 1, "noise", 0.0),
        (7, 1, "mood", 0.0),
    ]


def test_scales_of_any_length_run_from_0_to_100():
    answers = answers_of([1, 2, 3], w1_a=[1, 2, None], w1_b=[1, 4, 7], w1_c=[1, 2, 4])
    codebook = a_codebook(("a", "t", 2, False), ("b", "t", 7, False), ("c", "t", 4, False))
    long = long_scores(answers, codebook)
    assert long["score"].tolist() == pytest.approx(
        [0.0, 0.0, 0.0, 100.0, 50.0, 100 / 3, 100.0, 100.0]
    )
    assert str(long["score"].dtype) == "float64"


def test_reversed_questions_run_the_other_way():
    answers = answers_of([1, 2, 3], w1_a=[1, 2, 5], w1_b=[2, 7, 1])
    codebook = a_codebook(("a", "t", 5, True), ("b", "t", 7, True))
    assert long_scores(answers, codebook)["score"].tolist() == pytest.approx(
        [100.0, 500 / 6, 75.0, 0.0, 0.0, 100.0]
    )


def test_rows_are_sorted_and_arguments_are_unchanged():
    answers = pd.DataFrame(
        {
            "person": [30, 7, 200],
            "w2_b": [1.0, 9.0, 3.0],
            "team": ["north", "south", "north"],
            "w1_b": [5.0, 4.0, None],
            "w1_a": [3.0, 0.0, 2.0],
        }
    )
    codebook = a_codebook(("b", "t", 5, True), ("a", "t"))
    answers_before, codebook_before = answers.copy(deep=True), codebook.copy(deep=True)
    long = long_scores(answers, codebook)
    assert scored(long) == [
        (7, 1, "b", 25.0),
        (30, 1, "a", 50.0),
        (30, 1, "b", 0.0),
        (30, 2, "b", 100.0),
        (200, 1, "a", 25.0),
        (200, 2, "b", 50.0),
    ]
    assert long["team"].tolist() == ["south", "north", "north", "north", "north", "north"]
    pd.testing.assert_frame_equal(answers, answers_before)
    pd.testing.assert_frame_equal(codebook, codebook_before)


def test_half_of_the_questions_are_enough():
    answers = answers_of(
        [1, 2, 3],
        w1_a=[5, 3, 1],
        w1_b=[9, None, 1],
        w1_c=[0, 3, 2],
        w1_d=[4, 9, 2],
        w2_a=[1, 2, 9],
        w2_b=[None, 3, 9],
        w2_c=[9, None, 5],
    )
    codebook = a_codebook(("a", "t"), ("b", "t"), ("c", "t"), ("d", "t"))
    # Wave 1: 87.5, 50 and 12.5; wave 2: only person 2 answered two of three.
    assert lines(topic_table(answers, codebook, least=1)) == [("ward", "t", 50.0, 37.5)]


def test_half_is_counted_over_what_was_asked_in_the_wave():
    answers = answers_of(
        [1, 2],
        w1_a=[5, 1],
        w2_a=[5, 4],
        w2_b=[9, 2],
        w2_c=[9, 3],
        w2_x=[3, 5],
        w2_other=[3, 3],
    )
    codebook = a_codebook(("c", "t"), ("a", "t"), ("b", "t"), ("d", "t"), ("x", "u"))
    assert lines(topic_table(answers, codebook, least=1)) == [
        ("ward", "t", 50.0, 50.0),
        ("ward", "u", None, 75.0),
    ]


def test_each_person_has_the_same_weight():
    answers = answers_of(
        [1, 2, 3],
        w1_a=[5, 1, 2],
        w1_b=[9, 1, 2],
        w1_c=[5, 1, 9],
        w1_d=[9, 1, 2],
    )
    codebook = a_codebook(("a", "t"), ("b", "t"), ("c", "t"), ("d", "t"))
    assert lines(topic_table(answers, codebook)) == [("ward", "t", 125 / 3)]


def test_figures_of_few_persons_are_missing():
    answers = answers_of(
        [1, 2, 3, 4, 5, 6, 7],
        team=["a", "b", "a", "b", "a", "b", "c"],
        w1_noise=[1, 2, 3, 9, 5, 4, 5],
        w2_noise=[2, 2, 9, 2, 9, 5, 9],
        w2_calm=[2, 2, 9, 2, 9, 5, 9],
    )
    codebook = a_codebook(("noise", "place"), ("calm", "place"))
    assert lines(topic_table(answers, codebook)) == [
        ("a", "place", 50.0, None),
        ("b", "place", None, 50.0),
        ("c", "place", None, None),
    ]
    assert lines(topic_table(answers, codebook, least=2)) == [
        ("a", "place", 50.0, None),
        ("b", "place", 50.0, 50.0),
        ("c", "place", None, None),
    ]


def test_waves_stand_in_the_order_of_their_numbers():
    answers = answers_of(
        [1], w10_noise=[2], w2_noise=[1], w11_noise=[9], w1_noise=[5], w3_parking=[4]
    )
    table = topic_table(answers, NOISE, least=1)
    assert list(table.columns) == ["team", "topic", "w1", "w2", "w10", "w11"]
    assert lines(table) == [("ward", "place", 100.0, 0.0, 25.0, None)]
    for name in ("w1", "w2", "w10", "w11"):
        assert str(table[name].dtype) == "float64"


def test_rows_stand_by_team_and_topic():
    answers = answers_of(
        [1, 2, 3],
        team=["ward", "lab", "office"],
        w1_noise=[5, 4, 9],
        w1_pay=[1, 9, 9],
        w1_mood=[2, 9, 0],
    )
    codebook = a_codebook(("noise", "place"), ("pay", "pay"), ("mood", "mood"))
    assert lines(topic_table(answers, codebook, least=1)) == [
        ("lab", "place", 75.0),
        ("ward", "mood", 25.0),
        ("ward", "pay", 0.0),
        ("ward", "place", 100.0),
    ]


def test_without_scores_there_are_no_rows():
    answers = answers_of([1, 2], w2_noise=[9, None], w1_noise=[0, 99])
    table = topic_table(answers, NOISE)
    assert list(table.columns) == ["team", "topic", "w1", "w2"]
    assert len(table) == 0
