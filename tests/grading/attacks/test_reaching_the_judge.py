# ruff: noqa: ISC004, E501 - programs as text
"""What a submission hands over is never run where the tests are, and never decides a test; honest work still counts."""

import sys
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

sys.path.append(str(Path(__file__).parent))
from corpus import LIMITS

SECRET = "CONFIDENTIAL-4711"
STEAL = f"""
CODE = '''
import sys
from examengine.grading.judge.plugin import JudgePlugin
JudgePlugin._note = lambda self, *given: None
print(open(next(m.__file__ for n, m in sys.modules.items() if n.startswith("test_it"))).read())
'''
MODULE = CODE + "def double(n): return 2 * n"
def double(n): return 0
# {SECRET[:3]}
"""
REDUCED = STEAL + "class Bomb:\n    def __reduce__(self): return (exec, (CODE,))\n"
DOUBLES = f"""
import pytest
from solution import double
SECRET = {SECRET!r}
@pytest.mark.parametrize("n", [1, 2])
def test_double(n):
    assert double(n) == 2 * n
"""

ATTACKS = {
    "joblib runs what a model's pickle names": (
        REDUCED + "import joblib\ndef save(path): joblib.dump(Bomb(), path)",
        DOUBLES + "import joblib\nfrom solution import save\n"
        "def test_model(tmp_path):\n    save(tmp_path / 'm')\n    assert joblib.load(tmp_path / 'm').predict([[1]]) == [3]\n",
    ),
    "the unpickler that is written in Python runs it too": (
        REDUCED + "import pickle\ndef save(): return pickle.dumps(Bomb())",
        DOUBLES + "import io, pickle\nfrom solution import save\n"
        "def test_pickle():\n    assert pickle._Unpickler(io.BytesIO(save())).load() is not None\n",
    ),
    "a module that was written beside the tests is imported": (
        STEAL + "def save(folder): (folder / 'made.py').write_text(MODULE)",
        DOUBLES + "from solution import save\n"
        "def test_module(tmp_path, monkeypatch):\n    save(tmp_path)\n    monkeypatch.syspath_prepend(tmp_path)\n"
        "    import made\n    assert made.double(2) == 4\n",
    ),
    "a file that was written is run by its path": (
        STEAL + "def save(folder): (folder / 'made.py').write_text(MODULE)",
        DOUBLES + "import runpy\nfrom solution import save\n"
        "def test_path(tmp_path):\n    save(tmp_path)\n"
        "    assert runpy.run_path(str(tmp_path / 'made.py'))['double'](2) == 4\n",
    ),
    "compiled code is run": (
        STEAL + "import marshal\ndef save(): return marshal.dumps(compile(MODULE, 'made', 'exec'))",
        DOUBLES + "import marshal\nfrom solution import save\n"
        "def test_code():\n    names = {}\n    exec(marshal.loads(save()), names)\n    assert names['double'](2) == 4\n",
    ),
    "a comparison that gives nothing counts as equal": (
        "class N:\n    def __ne__(self, other): return None\ndef square(n): return N()",
        "import pytest\nfrom solution import square\n@pytest.mark.parametrize('n', [1, 2])\ndef test_square(n):\n"
        "    if square(n) != n * n:\n        pytest.fail('wrong')\n",
    ),
    "an exception ends the loop of a test": (
        "def square(n): raise StopIteration",
        "from solution import square\ndef test_square():\n"
        "    for got, wanted in zip(map(square, [1, 2]), [1, 4]):\n        assert got == wanted\n",
    ),
    "every example is told to be of no use": (
        "class U(Exception): reason = location = None\n"
        "U.__module__, U.__qualname__ = 'hypothesis.errors', 'UnsatisfiedAssumption'\n"
        "def ordered(xs):\n    if len(xs) < 2: return list(xs)\n    raise U()",
        "from hypothesis import given, settings, strategies as st\nfrom solution import ordered\n"
        "@settings(max_examples=30, deadline=None)\n@given(st.lists(st.integers()))\n"
        "def test_ordered(xs):\n    assert ordered(xs) == sorted(xs)\n",
    ),
    "leaving a block suppresses the check in it": (
        "class Account:\n    balance = 0\n    def deposit(self, x): pass\n    def __enter__(self): return self\n"
        "    def __exit__(self, *error):\n        print(error[1])\n        return True",
        f"from solution import Account\ndef test_deposit():\n    with Account() as account:\n"
        f"        account.deposit(5)\n        assert account.balance == 5, '{SECRET}'\n",
    ),
    "a mock is told what it has seen": (
        "def notify(name, send):\n    send.assert_called_once_with = lambda *given: None\n    send.call_count = 1",
        "from unittest.mock import Mock\nfrom solution import notify\ndef test_call():\n    send = Mock()\n"
        "    notify('Ann', send)\n    send.assert_called_once_with('Ann')\n"
        "def test_count():\n    send = Mock()\n    try:\n        notify('Ann', send)\n    except AttributeError:\n        pass\n"
        "    assert send.call_count == 1\n",
    ),
    "a method of a test's own object is replaced": (
        "def notify(box): box.total = lambda: 3",
        "from solution import notify\nclass Box:\n    def __init__(self): self.seen = []\n"
        "    def total(self): return len(self.seen)\ndef test_total():\n    box = Box()\n    notify(box)\n"
        "    assert box.total() == 3\n",
    ),
    "the collection of the tests is ended": (
        "def cases(): raise SystemExit(0)\ndef double(n): return 0",
        "import pytest\nfrom solution import cases, double\n@pytest.mark.parametrize('n', cases())\n"
        "def test_cases(n): pass\ndef test_double():\n    assert double(1) == 2\n",
    ),
}
HONEST = {
    "a model of scikit-learn is saved and read": (
        "import joblib\nfrom sklearn.linear_model import LinearRegression\n"
        "def save(path): joblib.dump(LinearRegression().fit([[0.0], [1.0]], [0.0, 2.0]), path)",
        "import joblib, pickle, pytest\nfrom solution import save\ndef test_model(tmp_path):\n    save(tmp_path / 'm')\n"
        "    assert joblib.load(tmp_path / 'm').predict([[2.0]])[0] == pytest.approx(4.0)\n",
    ),
    "a frame crosses though no test imports pandas": (
        "import pandas as pd\ndef make(): return pd.DataFrame({'a': [1, 2]})",
        "from solution import make\ndef test_shape():\n    assert make().shape == (2, 1)\n"
        "def test_sum():\n    assert make()['a'].sum() == 3\n",
    ),
    "a test asks for StopIteration": (
        "def first(items): return next(iter(items))",
        "import pytest\nfrom solution import first\ndef test_none():\n    with pytest.raises(StopIteration):\n"
        "        first([])\n@pytest.mark.parametrize('kind', [StopIteration])\ndef test_kind(kind):\n"
        "    with pytest.raises(kind):\n        first([])\n",
    ),
    "a test writes a module of its own and imports it": (
        "def double(n): return 2 * n",
        "from solution import double\ndef test_own(tmp_path, monkeypatch):\n"
        "    (tmp_path / 'own.py').write_text('FACTOR = 2')\n    monkeypatch.syspath_prepend(tmp_path)\n"
        "    import own\n    assert double(4) == 4 * own.FACTOR\n",
    ),
    "a mock is used and given a name": (
        "def notify(name, send):\n    send(name)\n    send.last = name",
        "from unittest.mock import Mock\nfrom solution import notify\ndef test_call():\n    send = Mock()\n"
        "    notify('Ann', send)\n    send.assert_called_once_with('Ann')\n    assert send.last == 'Ann'\n",
    ),
    "text goes to a stream of the test": (
        "import pandas as pd\ndef save(stream): pd.DataFrame({'a': [1]}).to_csv(stream, index=False)",
        "import io\nfrom solution import save\ndef test_csv():\n    stream = io.StringIO()\n    save(stream)\n"
        "    assert stream.getvalue() == 'a\\n1\\n'\n",
    ),
    "an iterator is doubled, and groups of exceptions hold groups": (
        "def lazy(xs): return map(abs, xs)\ndef count(n): yield from range(n)\n"
        "def fail(): raise ExceptionGroup('many', [ValueError('a'), ExceptionGroup('in', [KeyError('b')])])",
        "import itertools, pytest\nfrom solution import count, fail, lazy\n"
        "@pytest.mark.parametrize('made', [lambda: lazy([-1, 2]), lambda: count(3)])\ndef test_tee(made):\n"
        "    one, two = itertools.tee(made())\n    assert list(one) == list(two) != []\n"
        "def test_group():\n    with pytest.raises(ExceptionGroup) as caught:\n        fail()\n"
        "    assert isinstance(caught.value.exceptions[1], ExceptionGroup)\n"
        "    assert caught.value.subgroup(KeyError) is not None\n",
    ),
}


@pytest.fixture(scope="module")
def service():
    with GradingService() as made:
        yield made


def graded(service, submission: str, tests: str):
    limits = LIMITS.model_copy(update={"memory_mib": 1024})
    return service.grade(
        GradingJob(
            submission={"solution.py": submission.encode()},
            tests={"test_it.py": tests.encode()},
            support={},
            data={},
            expected=None,
            limits=limits,
        )
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_not_deserved_is_not_given_and_nothing_is_shown(service, name: str) -> None:
    evidence = graded(service, *ATTACKS[name])
    assert [one.id for one in evidence.tests if one.outcome is TestStatus.PASSED] == []
    assert evidence.tests
    assert evidence.verdict.value != "unavailable"
    assert SECRET not in evidence.model_dump_json()


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_of_the_same_kind_counts(service, name: str) -> None:
    evidence = graded(service, *HONEST[name])
    assert [(one.id, one.message) for one in evidence.tests if one.outcome is not TestStatus.PASSED] == []
    assert evidence.tests
