import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_almost_equal, assert_array_equal

import solution


def test_normalize():
    x = np.array([1.0, 2.0, 3.0])
    got = solution.normalize(x)
    assert isinstance(got, np.ndarray)
    assert_allclose(got.mean(), 0, atol=1e-12)
    assert_allclose(got.std(), 1)
    assert_array_equal(x, [1, 2, 3])


def test_in_place():
    x = np.zeros((2, 3))
    solution.fill(x, 7)
    assert (x == 7).all()
    y = np.arange(10)
    solution.fill(y[2:4], 0)
    assert y.tolist() == [0, 1, 0, 0, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("dtype", ["i1", "u8", "f2", "f4", "f8", "c8", "c16", "?", "U5", "S3", "M8[D]", "m8[s]", "O", ">f8", "f16"])
def test_dtypes(dtype):
    x = np.zeros(4, dtype)
    got = solution.echo(x)
    assert got.dtype == x.dtype
    assert_array_equal(got, x)


def test_structured():
    x = np.array([(1, 2.5, "a"), (2, 3.5, "b")], dtype=[("id", "i4"), ("v", "f8"), ("n", "U3")])
    got = solution.echo(x)
    assert got.dtype == x.dtype
    assert_array_equal(got["v"], x["v"])


def test_scalars():
    assert solution.echo(np.float32(1.5)) == np.float32(1.5)
    assert type(solution.echo(np.int64(3))) is np.int64
    assert solution.total(np.arange(5)) == 10
    assert isinstance(solution.total(np.arange(5)), np.integer)
    assert np.isnan(solution.echo(np.nan))


def test_shapes():
    for shape in [(), (0,), (3,), (2, 0, 3), (2, 3, 4)]:
        assert solution.echo(np.ones(shape)).shape == shape
    f = np.asfortranarray(np.arange(6).reshape(2, 3))
    assert_array_equal(solution.echo(f), f)


def test_matmul_shape_error():
    with pytest.raises(ValueError):
        solution.matmul(np.ones((2, 3)), np.ones((2, 3)))
    assert_array_almost_equal(solution.matmul(np.eye(2), np.ones((2, 2))), np.ones((2, 2)))


def test_masked():
    m = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    got = solution.echo(m)
    assert got.sum() == 4
    assert isinstance(got, np.ma.MaskedArray)


def test_list_of_arrays():
    parts = solution.split(np.arange(6), 3)
    assert [p.tolist() for p in parts] == [[0, 1], [2, 3], [4, 5]]


def test_rng():
    rng = np.random.default_rng(0)
    got = solution.sample(rng, 3)
    assert_array_equal(got, np.random.default_rng(0).normal(size=3))


def test_global_seed():
    np.random.seed(1)
    a = solution.legacy(4)
    np.random.seed(1)
    assert_array_equal(solution.legacy(4), a)
    np.random.seed(1)
    assert_array_equal(a, np.random.rand(4))


def test_linear_algebra_error():
    with pytest.raises(np.linalg.LinAlgError):
        solution.inverse(np.zeros((2, 2)))


def test_function_argument():
    assert solution.apply(np.sum, np.ones(3)) == 3
    assert solution.apply(np.sqrt, np.array([4.0]))[0] == 2
    assert solution.apply(lambda a: a.max(), np.arange(4)) == 3


def test_numeric_gradient():
    g = solution.gradient(lambda v: (v**2).sum(), np.array([1.0, 2.0]))
    assert_allclose(g, [2, 4], atol=1e-4)


def test_object_with_arrays():
    layer = solution.Layer(3, 2)
    layer.W = np.ones((3, 2))
    out = layer.forward(np.ones((1, 3)))
    assert_allclose(out, [[3, 3]])
    layer.W[0, 0] = 5
    assert_allclose(layer.forward(np.ones((1, 3))), [[7, 3]])
    assert layer.W.shape == (3, 2)


def test_boolean_result():
    assert solution.all_positive(np.array([1, 2]))
    assert not solution.all_positive(np.array([1, -2]))


def test_readonly():
    x = np.arange(3)
    x.flags.writeable = False
    with pytest.raises(ValueError):
        solution.fill(x, 1)
