import random

import numpy as np
import pytest

import oracle
import solution


def test_random_inputs():
    r = random.Random(5)
    for _ in range(40):
        data = [r.randint(-9, 9) for _ in range(r.randint(0, 12))]
        assert solution.longest_run(list(data)) == oracle.longest_run(data)


@pytest.mark.parametrize("seed", range(5))
def test_arrays(seed):
    x = np.random.default_rng(seed).normal(size=(6, 3))
    np.testing.assert_allclose(solution.standardise(x), oracle.standardise(x), rtol=1e-9)


def test_expected_values():
    for given, want in oracle.TABLE.items():
        assert solution.longest_run(list(given)) == want


def test_helper_checks():
    oracle.check(solution.longest_run)


def test_helper_raises_for_bad():
    with pytest.raises(AssertionError):
        oracle.check(lambda data: -1)
