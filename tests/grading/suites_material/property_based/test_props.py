from hypothesis import given, settings, strategies as st

from solution import decode, encode, insertion_sort, unique

FAST = settings(max_examples=25, deadline=None, database=None)


@FAST
@given(st.lists(st.integers()))
def test_sorts(xs):
    assert insertion_sort(xs) == sorted(xs)


@FAST
@given(st.text())
def test_round_trip(text):
    assert decode(encode(text)) == text


@FAST
@given(st.lists(st.one_of(st.integers(), st.text(), st.none())))
def test_unique(xs):
    got = unique(xs)
    assert set(got) == set(xs)
    assert len(got) == len(set(got))
