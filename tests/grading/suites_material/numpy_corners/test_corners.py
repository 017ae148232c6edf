import numpy as np
import numpy.testing as npt
import pytest

import solution


def test_dtype_kept():
    for dtype in ("int8", "uint16", "float32", "complex64", "bool", "S5", "U3", "float16"):
        a = np.zeros(3, dtype)
        b = solution.same(a)
        assert b.dtype == a.dtype
        assert b.shape == (3,)


def test_structured():
    people = np.array([("ann", 30, 1.6), ("bob", 20, 1.8)], dtype=[("name", "U10"), ("age", "i4"), ("height", "f8")])
    out = solution.by_age(people)
    assert out.dtype == people.dtype
    assert list(out["name"]) == ["bob", "ann"]
    assert out[0]["height"] == 1.8
    npt.assert_array_equal(people["age"], [30, 20])


def test_dates():
    days = solution.business_days("2024-01-01", "2024-01-08")
    assert days.dtype == np.dtype("datetime64[D]")
    npt.assert_array_equal(days, np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"], dtype="datetime64[D]"))
    assert solution.span(days) == np.timedelta64(4, "D")
    assert np.isnat(solution.same(np.array(["NaT"], dtype="datetime64[s]")))[0]


def test_object_arrays():
    a = np.array([1, "a", None, [1, 2]], dtype=object)
    b = solution.same(a)
    assert b.dtype == object
    assert b[1] == "a"
    assert b[3] == [1, 2]
    assert b[2] is None


def test_zero_dimensions_and_empty():
    assert solution.same(np.array(5)).shape == ()
    assert solution.same(np.array(5)) == 5
    assert solution.same(np.zeros((0, 3))).shape == (0, 3)
    assert isinstance(solution.mean(np.arange(4)), (float, np.floating))
    assert solution.same(np.float32(1.5)).dtype == np.float32


def test_masked():
    m = solution.mask_negative(np.array([1, -2, 3]))
    assert isinstance(m, np.ma.MaskedArray)
    assert m.sum() == 4
    assert m.mask.tolist() == [False, True, False]
    assert m.count() == 2


def test_in_place():
    a = np.arange(6.0).reshape(2, 3)
    view = a[0]
    assert solution.double(a) is None
    npt.assert_array_equal(a, [[0, 2, 4], [6, 8, 10]])
    npt.assert_array_equal(view, [0, 2, 4])


def test_in_place_on_a_view():
    a = np.arange(6.0)
    solution.double(a[::2])
    npt.assert_array_equal(a, [0, 1, 4, 3, 8, 5])


def test_out_argument():
    out = np.empty(3)
    result = solution.add(np.ones(3), np.ones(3), out=out)
    npt.assert_array_equal(out, [2, 2, 2])
    assert result is out


def test_does_not_change_its_argument():
    a = np.array([3, 1, 2])
    before = a.copy()
    solution.sorted_copy(a)
    npt.assert_array_equal(a, before)


def test_read_only():
    a = np.arange(3)
    a.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        solution.double(a)


def test_shares_memory():
    a = np.arange(4)
    assert np.shares_memory(a, a)
    assert not np.shares_memory(a, solution.sorted_copy(a))


def test_generator_passed_in():
    r = np.random.default_rng(5)
    want = np.random.default_rng(5).normal(size=3)
    npt.assert_allclose(solution.sample(r, 3), want)
    again = np.random.default_rng(5)
    again.normal(size=3)
    assert r.normal() == again.normal()


def test_legacy_seed():
    np.random.seed(1)
    a = solution.legacy(3)
    np.random.seed(1)
    npt.assert_array_equal(a, np.random.rand(3))


def test_seed_argument():
    npt.assert_array_equal(solution.seeded(3), solution.seeded(3))
    assert not np.array_equal(solution.seeded(3), solution.seeded(4))


def test_functions_in_and_out():
    assert solution.apply(np.sqrt, 16.0) == 4.0
    npt.assert_allclose(solution.apply(np.exp, np.array([0.0, 1.0])), [1, np.e])
    f = solution.polynomial([1, 0, -1])
    assert f(3) == 8
    npt.assert_array_equal(f(np.array([1, 2])), [0, 3])
    npt.assert_allclose(solution.gradient(lambda x: (x**2).sum(), np.array([1.0, 2.0])), [2, 4], atol=1e-4)
    v = np.vectorize(solution.clip_one)
    npt.assert_array_equal(v([-5, 0.5, 9]), [0, 0.5, 1])
    npt.assert_array_equal(np.apply_along_axis(solution.mean, 1, np.array([[1, 3], [5, 7]])), [2, 6])


def test_testing_functions():
    npt.assert_allclose(solution.softmax(np.array([1.0, 1.0])), [0.5, 0.5], rtol=1e-12)
    npt.assert_almost_equal(solution.softmax(np.array([0.0, 0.0])).sum(), 1.0)
    npt.assert_array_less(solution.softmax(np.array([1.0, 5.0])), 1)
    npt.assert_array_almost_equal(solution.normalize(np.array([3.0, 4.0])), [0.6, 0.8])
    npt.assert_equal(solution.shape_report(np.zeros((2, 3))), {"shape": (2, 3), "ndim": 2})
    assert np.isclose(solution.mean(np.array([1, 2])), 1.5)
    assert np.allclose(solution.normalize(np.array([0.0, 2.0])), [0, 1])
    assert (solution.softmax(np.array([1.0, 1.0])) == 0.5).all()
    with pytest.raises(AssertionError):
        npt.assert_allclose(solution.mean(np.arange(3)), 5)


def test_errors_and_warnings():
    with pytest.raises(ValueError, match="shapes|operands"):
        solution.add(np.ones(2), np.ones(3))
    with pytest.raises(np.linalg.LinAlgError):
        solution.invert(np.zeros((2, 2)))
    with pytest.warns(RuntimeWarning):
        solution.divide(np.array([1.0]), np.array([0.0]))
    with np.errstate(all="ignore"):
        pass


def test_linear_algebra():
    x = solution.solve(np.array([[2.0, 0], [0, 4]]), np.array([2.0, 4]))
    npt.assert_allclose(x, [1, 1])
    u, sv, vt = solution.svd(np.eye(2))
    npt.assert_allclose(u @ np.diag(sv) @ vt, np.eye(2))
    q, r = solution.qr(np.array([[1.0, 2], [3, 4]]))
    npt.assert_allclose(q @ r, [[1, 2], [3, 4]])
    npt.assert_allclose(q.T @ q, np.eye(2), atol=1e-12)


def test_orders_and_strides():
    f = np.asfortranarray(np.arange(6).reshape(2, 3))
    npt.assert_array_equal(solution.same(f), f)
    npt.assert_array_equal(solution.same(f[:, ::-1]), f[:, ::-1])
    npt.assert_array_equal(solution.same(np.broadcast_to(np.arange(3), (2, 3))), [[0, 1, 2]] * 2)
    big = np.arange(4, dtype=">i4")
    assert solution.same(big).dtype == big.dtype


def test_class_with_arrays():
    m = solution.Model(2)
    m.fit(np.array([[1.0, 2], [3, 4]]))
    npt.assert_allclose(m.mean_, [2, 3])
    m.mean_ = np.array([0.0, 0.0])
    npt.assert_allclose(m.transform(np.array([[1.0, 1]])), [[1, 1]])
    m.mean_ += 1
    npt.assert_allclose(m.mean_, [1, 1])
    m.mean_[0] = 5
    npt.assert_allclose(m.transform(np.array([[5.0, 1]])), [[0, 0]])
    npt.assert_array_equal(np.asarray(m), m.mean_)


def test_tuples_and_dicts_of_arrays():
    split = solution.split(np.arange(10), 0.3)
    assert set(split) == {"train", "test"}
    assert len(split["test"]) == 3
    a, b = solution.minmax(np.array([3, 1, 2]))
    assert (a, b) == (1, 3)
    assert isinstance(a, np.integer)
    assert solution.unique(np.array([1, 1, 2])).tolist() == [1, 2]


def test_text_arrays_and_records():
    npt.assert_array_equal(solution.upper(np.array(["a", "bc"])), ["A", "BC"])
    r = solution.records()
    assert isinstance(r, np.recarray)
    assert r.x.tolist() == [1, 2]
    assert r[1].y == "b"


def test_iteration_over_rows():
    assert [row.sum() for row in solution.same(np.ones((2, 3)))] == [3, 3]
    assert solution.same(np.arange(3)).tolist() == [0, 1, 2]
    assert [int(x) for x in solution.batches(np.arange(5), 2)[-1]] == [4]
