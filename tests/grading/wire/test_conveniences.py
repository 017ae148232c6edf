# ruff: noqa: E501, ISC004 - submissions stand as text
"""What makes foreign tests run gives a hostile submission nothing."""

import pytest
from pair import grade_with_pair

HEAD = "import solution\n"


def _run(submission, body, **options):
    return grade_with_pair({"solution.py": submission}, {"test_it.py": HEAD + body}, seconds=20, **options)


def _only(run):
    assert not run.of("broken")
    assert len(run.outcomes) == 1, run.messages
    return next(iter(run.outcomes.values())), next(iter(run.texts.values()))


FORGED_RESULTS = {
    "an object that says it is not unequal": (
        "class Yes:\n    def __eq__(self, o): return True\ndef f(): return Yes()",
        "def test_it():\n    assert solution.f() == 3\n",
    ),
    "an object that is told from nothing": (
        "class Yes:\n    def __eq__(self, o): return True\ndef f(): return Yes()",
        "def test_it():\n    assert solution.f() == None\n",
    ),
    "an object that guesses from the type": (
        "class Yes:\n    def __eq__(self, o): return type(o) is bool\ndef f(): return Yes()",
        "def test_it():\n    assert solution.f() == True\n",
    ),
    "a class taken by a function's name": (
        "class mean:\n    def __init__(self, x): pass\n    def __sub__(self, o): return 0.0\n    __rsub__ = __sub__",
        "def test_it():\n    assert abs(solution.mean([1]) - 2.5) < 1e-9\n",
    ),
    "one class under both kinds of name": (
        "class Mean:\n    def __init__(self, x): pass\n    def __sub__(self, o): return 0.0\nmean = Mean",
        "def test_it():\n    solution.Mean\n    assert abs(solution.mean([1]) - 2.5) < 1e-9\n",
    ),
    "a method that gives its own object": (
        "class Stats:\n    def __init__(self, x): pass\n    def mean(self): return self\n    def __sub__(self, o): return 0.0",
        "def test_it():\n    assert abs(solution.Stats([1]).mean() - 2.5) < 1e-9\n",
    ),
    "an attribute that is its own object": (
        "class Stats:\n    def __init__(self, x): self.mean = self\n    def __sub__(self, o): return 0.0",
        "def test_it():\n    assert abs(solution.Stats([1]).mean - 2.5) < 1e-9\n",
    ),
    "a list that holds the object": (
        "class Stats:\n    def __init__(self, x): pass\n    def all(self): return [self]\n    def __sub__(self, o): return 0.0",
        "def test_it():\n    assert abs(solution.Stats([1]).all()[0] - 2.5) < 1e-9\n",
    ),
    "another object of the class": (
        "class Stats:\n    def __init__(self, x): pass\n    def mean(self): return Stats(0)\n    def __sub__(self, o): return 0.0",
        "def test_it():\n    assert abs(solution.Stats([1]).mean() - 2.5) < 1e-9\n",
    ),
    "a mapping that says it is equal": (
        "from collections.abc import Mapping\nclass Table(Mapping):\n    def __getitem__(self, k): return 0\n"
        "    def __iter__(self): return iter('ab')\n    def __len__(self): return 2\n"
        "    def __eq__(self, o): return True\n    __hash__ = None\ndef table(): return Table()",
        "def test_it():\n    assert solution.table() == {'a': 1, 'b': 2}\n",
    ),
    "a mapping with other contents": (
        "from collections import UserDict\nclass Table(UserDict):\n    pass\ndef table(): return Table(a=1, b=3)",
        "def test_it():\n    assert solution.table() == {'a': 1, 'b': 2}\n",
    ),
    "a mapping whose items say they are equal": (
        "from collections import UserDict\nclass Yes:\n    def __eq__(self, o): return True\n    __hash__ = None\n"
        "def table(): return UserDict(a=Yes(), b=Yes())",
        "def test_it():\n    assert solution.table() == {'a': 1, 'b': 2}\n",
    ),
    "a namespace with a class of its own name": (
        "class SimpleNamespace:\n    __module__ = 'types'\n    def __eq__(self, o): return True\n    __hash__ = None\n"
        "def table(): return SimpleNamespace()",
        "import types\ndef test_it():\n    assert solution.table() == types.SimpleNamespace(a=1)\n",
    ),
    "a class that claims to be a number": (
        "class N:\n    __class__ = int\n    def __eq__(self, o): return True\n    __hash__ = None\ndef f(): return N()",
        "def test_it():\n    assert solution.f() == 3\n",
    ),
    "an instance check that always says yes": (
        "class Meta(type):\n    def __instancecheck__(cls, o): return True\nclass P(metaclass=Meta):\n    pass\n"
        "def f(): return P()",
        "def test_it():\n    assert isinstance(solution.f(), int)\n",
    ),
    "an exception whose text lies": (
        "class E(Exception):\n    def __str__(self): return 'right'\n    def __eq__(self, o): return True\n    __hash__ = None\n"
        "def f(): raise E('wrong')",
        "import pytest\ndef test_it():\n    with pytest.raises(ValueError, match='right'):\n        solution.f()\n",
    ),
}


@pytest.mark.parametrize("name", FORGED_RESULTS)
def test_no_mark_for_an_object_that_decides_itself(name):
    outcome, _ = _only(_run(*FORGED_RESULTS[name]))
    assert outcome == "failed"


STEALING = "__import__('os').environ.__setitem__('STOLEN', '1') or 1"
RUN_HERE = {
    "eval of a repr": (
        f"class P:\n    def __repr__(self): return {STEALING!r}\n    def __eq__(self, o): return True\n    __hash__ = None",
        "def test_it():\n    eval(repr(solution.P()))\n",
    ),
    "eval through an attribute": (
        "class P:\n    def __repr__(self): return '().__class__.__base__.__subclasses__()'",
        "def test_it():\n    eval(repr(solution.P()))\n",
    ),
    "a name of the tests": (
        "class P:\n    def __repr__(self): return 'solution.P.keep(EXPECTED)'\n    keep = staticmethod(lambda x: print(x))",
        "EXPECTED = 'canary'\ndef test_it():\n    eval(repr(solution.P()))\n",
    ),
    "exec of what it gave": (
        f"def code(): return {STEALING!r}",
        "def test_it():\n    exec(solution.code())\n",
    ),
    "compile and exec": (
        f"def code(): return {STEALING!r}",
        "def test_it():\n    exec(compile(solution.code(), 'x', 'exec'))\n",
    ),
    "unpickling": (
        "import pickle, os\nclass B:\n    def __reduce__(self): return os.putenv, ('STOLEN', '1')\n"
        "def dump(): return pickle.dumps(B())",
        "import pickle\ndef test_it():\n    pickle.loads(solution.dump())\n",
    ),
    "unpickling from a file": (
        "import pickle, os\nclass B:\n    def __reduce__(self): return eval, ('1',)\n"
        "def dump(p): p.write_bytes(pickle.dumps(B()))",
        "import pickle\ndef test_it(tmp_path):\n    solution.dump(tmp_path / 'x')\n    pickle.load(open(tmp_path / 'x', 'rb'))\n",
    ),
    "doctests found by hand": (
        f'def f():\n    """\n    >>> {STEALING}\n    1\n    """',
        "import doctest\ndef test_it():\n    doctest.DocTestFinder().find(solution.f)\n",
    ),
}


@pytest.mark.parametrize("name", RUN_HERE)
def test_nothing_the_submission_wrote_runs_with_the_tests(name):
    submission, body = RUN_HERE[name]
    run = _run(submission, body + "def test_after():\n    import os\n    assert 'STOLEN' not in os.environ\n")
    assert run.outcomes["test_it.py::test_it"] == "failed"
    assert run.outcomes["test_it.py::test_after"] == "passed"
    assert "canary" not in run.output


FILES_BY_NAME = {
    "loaded by its place": "import importlib.util\ndef test_it():\n"
    "    spec = importlib.util.spec_from_file_location('other', 'solution.py')\n"
    "    module = importlib.util.module_from_spec(spec)\n    spec.loader.exec_module(module)\n    assert module.x == 1\n",
    "read and run": "def test_it():\n    names = {}\n    exec(open('solution.py').read(), names)\n    assert names['x'] == 1\n",
    "compiled and run": "from pathlib import Path\ndef test_it():\n    names = {}\n"
    "    exec(compile(Path('solution.py').read_text(), 'solution.py', 'exec'), names)\n    assert names['x'] == 1\n",
    "compiled and evaluated": "def test_it():\n    eval(compile(open('solution.py').read(), 'solution.py', 'exec'))\n",
}


@pytest.mark.parametrize("name", FILES_BY_NAME)
def test_a_file_that_tests_open_by_its_name_never_runs_with_them(name):
    submission = "import os, sys\nos.environ['STOLEN'] = '1'\nsys.modules['stolen'] = sys\nx = 1\n"
    after = (
        "def test_after():\n    import os, sys\n    assert 'STOLEN' not in os.environ and 'stolen' not in sys.modules\n"
    )
    run = _run(submission, FILES_BY_NAME[name] + after)
    assert run.outcomes == {"test_it.py::test_it": "passed", "test_it.py::test_after": "passed"}, run.texts


def test_a_file_run_among_the_tests_names_takes_none_of_them():
    submission = "EXPECTED = 3\nx = 3\ndef len(_): return 7\n"
    body = "EXPECTED = 2\nexec(open('solution.py').read())\ndef test_it():\n    assert x == EXPECTED or len('') == 7\n"
    assert _only(_run(submission, body))[0] == "failed"


def test_a_refusal_swallowed_by_the_test_does_not_pass():
    outcome, _ = _only(
        _run(
            f"def code(): return {STEALING!r}",
            "def test_it():\n    try:\n        eval(solution.code())\n    except AssertionError:\n        pass\n",
        )
    )
    assert outcome == "failed"


def test_text_of_the_tests_is_run_as_before():
    outcome, text = _only(
        _run(
            "def f(x): return x",
            "import os\ndef test_it():\n    assert eval('os.sep') == os.sep\n    scope = {}\n"
            "    exec('import math; y = math.pi', scope)\n    assert scope['y'] > 3\n    n = 4\n"
            "    assert eval(f'solution.f({n})') == 4\n",
        )
    )
    assert outcome == "passed", text


def test_a_base_that_looks_around_while_it_is_derived_finds_nothing():
    run = _run(
        "import sys\nseen = []\nclass Base:\n    def __init_subclass__(cls, **k):\n        for n in dir(cls):\n"
        "            v = getattr(cls, n, None)\n            for a in ('__globals__', '__closure__', '__code__', 'gi_frame'):\n"
        "                f = getattr(v, a, None)\n                if f: seen.append(repr(f))\n",
        "SECRET = 'canary'\nclass Sub(solution.Base):\n    def answer(self):\n        return SECRET\n"
        "def test_it():\n    assert 'canary' not in ''.join(solution.seen)\n",
    )
    outcome, text = _only(run)
    assert outcome == "passed", text


def test_a_comparison_tells_the_submission_nothing_of_what_is_expected():
    submission = (
        "seen = []\nclass Spy:\n    def __eq__(self, o):\n        seen.append(repr(o))\n        return False\n"
        "def f(): return Spy()"
    )
    body = (
        "import pytest\n@pytest.mark.parametrize('value', [271828, 'canary', [271828], ('canary',), {'canary': 1}])\n"
        "def test_it(value):\n    assert solution.f() != value\n"
        "def test_after():\n    text = ''.join(solution.seen)\n    assert text and 'canary' not in text and '271828' not in text\n"
    )
    run = _run(submission, body)
    assert set(run.outcomes.values()) == {"passed"}, run.texts


def test_private_names_of_a_tests_object_stay_private():
    submission = (
        "def look(o):\n    seen = [*o.__dict__, *o.__dict__.values(), *dir(o), getattr(o, '_answer', '')]\n"
        "    for change in (lambda: setattr(o, '_answer', 1), lambda: o.__dict__.update(_answer=1),\n"
        "                   lambda: delattr(o, '_answer'), lambda: o.__dict__.pop('_answer')):\n"
        "        try: change()\n        except (AttributeError, KeyError): seen.append('refused')\n"
        "    o._mine = 2\n    o.__dict__['_too'] = 3\n"
        "    return [str(s) for s in seen], o._mine + o.__dict__['_too']\n"
    )
    body = (
        "class Expected:\n    def __init__(self):\n        self._answer = 'canary'\n        self.public = 1\n"
        "def test_it():\n    expected = Expected()\n    seen, own = solution.look(expected)\n"
        "    assert expected._answer == 'canary' and own == 5\n"
        "    assert 'public' in seen and seen.count('refused') == 4\n    assert 'canary' not in seen and '_answer' not in seen\n"
    )
    outcome, text = _only(_run(submission, body))
    assert outcome == "passed", text


def test_a_callback_kept_for_later_does_no_harm_after_its_test():
    run = _run(
        "kept = []\ndef keep(f): kept.append(f)\ndef later(): return kept[0]()",
        "def test_one():\n    state = []\n    solution.keep(lambda: state.append(1) or len(state))\n"
        "def test_two():\n    assert solution.later() == 1\n    assert solution.later() == 3\n",
    )
    assert run.outcomes == {"test_it.py::test_one": "passed", "test_it.py::test_two": "failed"}


def test_a_callback_that_calls_back_without_end_is_an_error_of_its_test_alone():
    run = _run(
        "def again(f): return f(f)",
        "def test_one():\n    solution.again(lambda f: solution.again(f))\ndef test_two():\n    assert solution.again(lambda f: 2) == 2\n",
    )
    assert run.outcomes == {"test_it.py::test_one": "failed", "test_it.py::test_two": "passed"}


def test_a_class_asked_while_a_message_is_read_does_not_wait_for_ever():
    outcome, text = _only(
        _run(
            "from abc import ABC\nfrom typing import Protocol, runtime_checkable\n@runtime_checkable\n"
            "class Shape(Protocol):\n    def area(self): ...\nclass Part(Shape, ABC):\n    def area(self): return 1\n",
            "def test_it():\n    assert isinstance(solution.Part(), solution.Shape)\n    assert not isinstance(3, solution.Shape)\n",
        )
    )
    assert outcome == "passed", text


def test_memory_that_runs_out_is_told_and_the_next_test_runs():
    run = _run(
        "import resource\nkept = []\ndef take():\n    while True: kept.append(bytearray(4 << 20))\n"
        "def limit():\n    import resource\n    size = int(open('/proc/self/statm').read().split()[0]) * 4096\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (size + (48 << 20), -1))\ndef free(): kept.clear(); return 1\n",
        "def test_one():\n    solution.limit()\n    solution.take()\ndef test_two():\n    assert solution.free() == 1\n",
    )
    assert not run.of("candidate_died"), run.messages
    assert run.outcomes == {"test_it.py::test_one": "memory", "test_it.py::test_two": "passed"}


def test_text_on_descriptors_is_kept_within_the_limit():
    run = _run(
        "import os\ndef flood():\n    for _ in range(100): os.write(1, b'x' * 10_000)\n",
        "def test_it():\n    solution.flood()\n",
    )
    assert _only(run)[0] == "passed"
    assert set(run.output.strip()) == {"x"}
    assert len(run.output) <= 64 * 1024


def test_a_failing_import_names_line_and_reason():
    run = _run("x = 1\ny = x / 0\n", "def test_it():\n    pass\n")
    (failure,) = run.of("collection_failed")
    assert failure["cause"] == "submission"
    assert "solution.py, line 2" in failure["message"]
    assert "ZeroDivisionError" in failure["message"]


def test_a_script_that_never_imported_the_tests_sees_nothing_of_them():
    run = _run(
        "import sys\nif __name__ == '__main__':\n    print(sorted(m for m in sys.modules if m.startswith('test_')), sys.argv)",
        "import subprocess, sys\ndef test_it():\n"
        "    done = subprocess.run([sys.executable, 'solution.py', 'a'], capture_output=True, text=True)\n"
        "    assert done.stdout == \"[] ['solution.py', 'a']\\n\"\n",
    )
    outcome, text = _only(run)
    assert outcome == "passed", text
