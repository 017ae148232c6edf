"""No object of the candidate's own earns a mark that its data does not earn."""

import numpy as np  # noqa: F401 - loaded once, for every fork
import pandas as pd  # noqa: F401
import pytest
from pair import grade_with_pair

TESTS = """
import math
import unittest
import unittest.mock
import numpy as np
import pandas as pd
import pytest
import solution


def test_equal():
    assert solution.mean([1, 2, 3, 4]) == 2.5


def test_equal_swapped():
    assert 2.5 == solution.mean([1, 2, 3, 4])


def test_approx():
    assert solution.mean([1, 2, 3, 4]) == pytest.approx(2.5)


def test_approx_list():
    assert [solution.mean([1, 2, 3, 4])] == pytest.approx([2.5])


def test_distance():
    assert abs(solution.mean([1, 2, 3, 4]) - 2.5) < 1e-9


def test_distance_swapped():
    assert abs(2.5 - solution.mean([1, 2, 3, 4])) <= 1e-9


def test_squared_distance():
    assert (solution.mean([1, 2, 3, 4]) - 2.5) ** 2 < 1e-9


def test_ratio():
    assert round(solution.mean([1, 2, 3, 4]) / 2.5) == 1


def test_between():
    assert 2.4 < solution.mean([1, 2, 3, 4]) < 2.6


def test_not_greater():
    assert not solution.mean([1, 2, 3, 4]) > 2.6
    assert not solution.mean([1, 2, 3, 4]) < 2.4


def test_isclose():
    assert math.isclose(solution.mean([1, 2, 3, 4]), 2.5)


def test_allclose():
    np.testing.assert_allclose(solution.mean([1, 2, 3, 4]), 2.5)


def test_array_equal():
    np.testing.assert_array_equal(solution.mean([1, 2, 3, 4]), np.array([2.5]))


def test_np_isclose():
    assert np.isclose(solution.mean([1, 2, 3, 4]), 2.5)


def test_np_allclose():
    assert np.allclose(solution.mean([1, 2, 3, 4]), [2.5, 2.5])


def test_np_abs():
    assert np.abs(np.array([2.5]) - solution.mean([1, 2, 3, 4])).max() < 1e-9


def test_in():
    assert solution.mean([1, 2, 3, 4]) in [2.5]


def test_in_set():
    assert solution.mean([1, 2, 3, 4]) in {2.5}


def test_key():
    assert {2.5: "x"}[solution.mean([1, 2, 3, 4])] == "x"


def test_list():
    assert [solution.mean([1, 2, 3, 4])] == [2.5]


def test_unpacked():
    a, b = solution.mean([1, 2, 3, 4])
    assert a == 2.5 and b == 2.5


def test_is():
    assert solution.mean([1, 2, 3, 4]) is True


def test_equals_method():
    assert solution.mean([1]).equals(pd.DataFrame({"a": [1]}))


def test_frame():
    pd.testing.assert_frame_equal(solution.mean([1]), pd.DataFrame({"a": [1]}))


def test_eq_all():
    assert (solution.mean([1]) == np.array([2.5])).all()


def test_raises():
    with pytest.raises(ValueError):
        solution.mean(None)


class Unit(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(solution.mean([1, 2, 3, 4]), 2.5)

    def test_almost(self):
        self.assertAlmostEqual(solution.mean([1, 2, 3, 4]), 2.5)

    def test_almost_delta(self):
        self.assertAlmostEqual(solution.mean([1, 2, 3, 4]), 2.5, delta=0.01)

    def test_greater(self):
        self.assertGreater(solution.mean([1, 2, 3, 4]), 2)

    def test_list(self):
        self.assertListEqual(solution.mean([1, 2, 3, 4]), [2.5])

    def test_count(self):
        self.assertCountEqual(solution.mean([1, 2, 3, 4]), [2.5])

    def test_sequence(self):
        self.assertSequenceEqual(solution.mean([1, 2, 3, 4]), [2.5, 2.5])
"""

YES = """
class Yes:
    def __eq__(self, o): return True
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __ne__(self, o): return False
    def __hash__(self): return hash(2.5)
    def __iter__(self): return iter((Yes(), Yes()))


    def __bool__(self): return True
    def __float__(self): return 0.0
    def __sub__(self, o): return 0.0
    __rsub__ = __truediv__ = __rtruediv__ = __sub__
    def __abs__(self): return Yes()
    def __round__(self, n=0): return Yes()
    def __pow__(self, n): return 0.0
    def equals(self, o): return True
    def all(self): return Yes()
    def any(self): return Yes()
"""
HOSTILE = {
    "yes": YES + "def mean(x): return Yes()",
    "closer": YES
    + """
class Near(Yes):
    def __sub__(self, o): return Near()
    __rsub__ = __truediv__ = __rtruediv__ = __sub__
    def __abs__(self): return 0.0
    def __pow__(self, n): return 0.0
    def __round__(self, n=0): return 1
def mean(x): return Near()
""",
    "float_subclass": """
class F(float):
    def __eq__(self, o): return True
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __ne__(self, o): return False
    def __hash__(self): return hash(2.5)
    def __sub__(self, o): return F(0)
    __rsub__ = __truediv__ = __rtruediv__ = __sub__
    def __abs__(self): return F(0)
    def __round__(self, n=0): return F(1)
    def __float__(self): return 2.5
def mean(x): return F(99.0)
""",
    "list_subclass": """
class L(list):
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __iter__(self): return iter([0.0, 0.0])
    def __sub__(self, o): return 0.0
    __rsub__ = __sub__
def mean(x): return L([9.0])
""",
    "array_protocols": YES
    + """
class A(Yes):
    __array_priority__ = 1e9
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    @property
    def __array_interface__(self):
        return {"shape": (1,), "typestr": "<f8", "data": (16, False), "version": 3}
    def __array_wrap__(self, *a): return self
def mean(x): return A()
""",
    "array_subclass": """
import numpy as np
class N(np.ndarray):
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    def __sub__(self, o): return np.zeros(1)
    __rsub__ = __sub__
def mean(x): return np.array([9.0]).view(N)
""",
    "object_array": YES
    + """
import numpy as np
def mean(x):
    a = np.empty(1, object); a[0] = Yes(); return a
""",
    "frame_pretender": YES
    + """
import pandas as pd
class DataFrame(Yes):
    shape = (1, 1)
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError(n)
        return Yes()
DataFrame.__module__ = "pandas"
def mean(x): return DataFrame()
""",
    "class_itself": YES
    + """
class Meta(type):
    def __eq__(self, o): return True
    __lt__ = __gt__ = __le__ = __ge__ = __eq__
    def __hash__(self): return hash(2.5)
    def __sub__(self, o): return 0.0
    __rsub__ = __sub__
class mean(metaclass=Meta):
    def __new__(cls, x): return cls
    @classmethod
    def equals(cls, o): return True
""",
    "mock": """
from unittest.mock import ANY, MagicMock
def mean(x): return ANY
""",
    "magic_mock": """
from unittest.mock import MagicMock
def mean(x):
    m = MagicMock()
    for name in ("eq", "lt", "gt", "le", "ge", "bool"):
        getattr(m, f"__{name}__").return_value = True
    m.__sub__.return_value = m.__rsub__.return_value = 0.0
    m.__abs__.return_value = 0.0
    m.__len__.return_value = 1
    return m
""",
    "empty_array": """
import numpy as np
def mean(x): return np.array([])
""",
    "empty_list": "def mean(x): return []",
    "approx": """
import pytest
def mean(x): return pytest.approx(2.5, abs=1e9)
""",
    "skip": "import pytest\ndef mean(x): pytest.skip('later')",
    "xfail": "import pytest\ndef mean(x): pytest.xfail('later')",
    "pytest_exit": "import pytest\ndef mean(x): pytest.exit('done', returncode=0)",
    "unittest_skip": "import unittest\ndef mean(x): raise unittest.SkipTest('later')",
    "system_exit": "def mean(x): raise SystemExit(0)",
    "interrupt": "def mean(x): raise KeyboardInterrupt",
    "generator_exit": "def mean(x): raise GeneratorExit",
    "stop_iteration": "def mean(x): raise StopIteration",
}


# What plain data of that value earns in one process as well.
EARNED = {
    "float_subclass": {"test_greater"},
    "empty_array": {"test_eq_all"},
    "empty_list": {"test_eq_all"},
    "magic_mock": {"test_eq_all"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_own_object_passes_for_data(name):
    run = grade_with_pair({"solution.py": HOSTILE[name]}, {"test_it.py": TESTS})
    assert not run.of("broken")
    assert len(run.outcomes) == 33
    passed = {i.rpartition("::")[2] for i, outcome in run.outcomes.items() if outcome == "passed"}
    assert passed == EARNED.get(name, set())


def test_the_sentence_says_what_cannot_be_trusted():
    run = grade_with_pair({"solution.py": HOSTILE["yes"]}, {"test_it.py": TESTS})
    assert "own class 'Yes'" in run.texts["test_it.py::test_between"]
    assert "never equals plain data" in run.texts["test_it.py::test_equal"]


def test_exit_is_told_as_such():
    run = grade_with_pair({"solution.py": HOSTILE["system_exit"]}, {"test_it.py": TESTS})
    assert set(run.outcomes.values()) == {"failed"}
    assert "called sys.exit()" in run.texts["test_it.py::test_equal"]
