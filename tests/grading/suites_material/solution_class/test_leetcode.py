import pytest
from typing import List

from solution import Solution


@pytest.fixture
def s() -> Solution:
    return Solution()


@pytest.mark.parametrize("nums, target, expected", [([2, 7, 11, 15], 9, [0, 1]), ([3, 2, 4], 6, [1, 2]), ([3, 3], 6, [0, 1])])
def test_two_sum(s, nums: List[int], target: int, expected: List[int]):
    assert s.twoSum(nums, target) == expected


def test_rotate(s):
    nums = [1, 2, 3, 4, 5, 6, 7]
    s.rotate(nums, 3)
    assert nums == [5, 6, 7, 1, 2, 3, 4]


def test_set_zeroes(s):
    m = [[1, 1, 1], [1, 0, 1], [1, 1, 1]]
    assert s.setZeroes(m) is None
    assert m == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]


def test_valid(s):
    assert s.isValid("()[]{}")
    assert not s.isValid("(]")


def test_merge(s):
    a = [1, 2, 3, 0, 0, 0]
    s.merge(a, 3, [2, 5, 6], 3)
    assert a == [1, 2, 2, 3, 5, 6]


def test_permute(s):
    got = s.permute([1, 2, 3])
    assert len(got) == 6
    assert sorted(got) == [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]


def test_life(s):
    board = [[0, 1, 0], [0, 1, 0], [0, 1, 0]]
    s.gameOfLife(board)
    assert board == [[0, 0, 0], [1, 1, 1], [0, 0, 0]]
