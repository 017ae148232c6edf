from solution import running_total


def test_two_numbers():
    assert running_total([1, 2]) == [1, 3]
