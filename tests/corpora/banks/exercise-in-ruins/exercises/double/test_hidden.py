from solution import double


def test_three():
    assert double(3) == 6


def test_negative():
    assert double(-1) == -2


def test_zero():
    assert True
