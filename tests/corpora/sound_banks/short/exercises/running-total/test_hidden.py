from solution import running_total


def test_three_numbers():
    assert running_total([3, 4, 5]) == [3, 7, 12]


def test_negative_numbers():
    assert running_total([2, -5, 1]) == [2, -3, -2]


def test_nothing():
    assert running_total([]) == []


def test_argument_is_kept():
    given = [1, 2, 3]
    assert running_total(given) == [1, 3, 6]
    assert given == [1, 2, 3]
