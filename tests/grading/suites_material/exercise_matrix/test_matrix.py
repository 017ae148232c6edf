import pytest

from solution import Matrix


@pytest.fixture
def m():
    return Matrix([[1, 2], [3, 4]])


def test_rows(m):
    assert m.row(1) == [1, 2]
    assert m.column(2) == [2, 4]
    assert m.shape == (2, 2)


def test_get(m):
    assert m[0, 1] == 2
    m[0, 1] = 9
    assert m[0, 1] == 9
    assert m[0] == [1, 9]


def test_mul(m):
    assert m @ m == Matrix([[7, 10], [15, 22]])
    assert m * 2 == Matrix([[2, 4], [6, 8]])
    with pytest.raises(ValueError, match="shape"):
        m @ Matrix([[1, 2, 3]])


def test_transpose(m):
    assert m.T == Matrix([[1, 3], [2, 4]])
    assert m.T.T == m
    assert m.T is not m


def test_det(m):
    assert m.det() == -2
    assert Matrix.identity(3).det() == 1


def test_iter(m):
    assert [sum(row) for row in m] == [3, 7]
    assert len(m) == 2
    assert list(map(list, zip(*m))) == [[1, 3], [2, 4]]


def test_independent_of_input():
    rows = [[1, 2], [3, 4]]
    m = Matrix(rows)
    rows[0][0] = 100
    assert m[0, 0] == 1


def test_str(m):
    assert str(m) == "1 2\n3 4"
