from collections import Counter

import pytest

from solution import anagrams, caesar, count_words, is_palindrome, pig_latin, rle_decode, rle_encode


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("level", True, id="plain"),
        pytest.param("A man, a plan", False),
        pytest.param("", True),
        ("Never odd or even", True),
    ],
)
def test_palindrome(text, want):
    assert is_palindrome(text) is want


def test_count():
    assert count_words("the cat the dog") == {"the": 2, "cat": 1, "dog": 1}
    assert count_words("a a b").most_common(1) == [("a", 2)]
    assert isinstance(count_words(""), Counter)
    assert count_words("x")["missing"] == 0


@pytest.mark.parametrize("shift", [0, 3, 13, 26, -3])
def test_caesar_round_trip(shift):
    assert caesar(caesar("Hello, World!", shift), -shift) == "Hello, World!"


def test_caesar():
    assert caesar("xyz", 3) == "abc"


@pytest.mark.parametrize("plain,coded", [("AABCCC", "2AB3C"), ("", ""), ("ZZZZZZZZZZZZ", "12Z")])
def test_rle(plain, coded):
    assert rle_encode(plain) == coded
    assert rle_decode(coded) == plain


def test_anagrams():
    groups = anagrams(["eat", "tea", "tan", "ate", "nat", "bat"])
    assert sorted(sorted(g) for g in groups) == [["ate", "eat", "tea"], ["bat"], ["nat", "tan"]]


def test_pig():
    assert pig_latin("apple") == "appleay"
    assert pig_latin("quick") == "ickquay"
