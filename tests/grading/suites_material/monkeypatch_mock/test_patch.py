import os
import random
import time
from unittest import mock
from unittest.mock import MagicMock, Mock, call, patch

import pytest

import solution


def test_patch_own_function(monkeypatch):
    monkeypatch.setattr(solution, "fetch", lambda url: {"temp": 20})
    assert solution.report("x") == "20 degrees"


def test_patch_is_undone():
    with pytest.raises(RuntimeError):
        solution.report("x")


def test_mock_patch_string():
    with patch("solution.fetch") as fake:
        fake.return_value = {"temp": 5}
        assert solution.report("berlin") == "5 degrees"
        fake.assert_called_once_with("berlin")
    with pytest.raises(RuntimeError):
        solution.report("x")


@patch("solution.fetch", return_value={"temp": 1})
def test_decorator(fake):
    assert solution.report("a") == "1 degrees"
    assert fake.call_count == 1
    assert fake.call_args == call("a")


def test_side_effect():
    with patch.object(solution, "fetch", side_effect=[{"temp": 1}, ConnectionError]):
        assert solution.report("a") == "1 degrees"
        with pytest.raises(ConnectionError):
            solution.report("b")


def test_patch_library_used_by_submission():
    with patch("solution.random.randint", return_value=6):
        assert solution.roll() == 6
    with patch("random.randint", return_value=3):
        assert solution.roll() == 3
    assert 1 <= solution.roll() <= 6


def test_monkeypatch_library(monkeypatch):
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    solution.wait(100)
    assert naps == [100]


def test_env(monkeypatch):
    monkeypatch.setenv("APP_MODE", "debug")
    assert solution.mode() == "debug"
    monkeypatch.delenv("APP_MODE")
    assert solution.mode() == "prod"


def test_constant(monkeypatch):
    assert solution.scaled(2) == 20
    monkeypatch.setattr(solution, "FACTOR", 3)
    assert solution.scaled(2) == 6


def test_constant_is_back():
    assert solution.scaled(1) == 10


def test_dependency_injection():
    db = Mock()
    db.get.return_value = {"name": "Ada"}
    service = solution.Service(db)
    assert service.name_of(7) == "Ada"
    db.get.assert_called_once_with(7)
    service.save("x", urgent=True)
    db.write.assert_called_with("x", urgent=True)
    assert db.method_calls == [call.get(7), call.write("x", urgent=True)]


def test_magic_mock():
    box = MagicMock()
    box.__len__.return_value = 4
    assert solution.size(box) == 4


def test_patch_method():
    with patch.object(solution.Service, "name_of", return_value="patched"):
        assert solution.Service(None).name_of(1) == "patched"
        assert solution.Service(None).greet(1) == "hello patched"
    db = Mock()
    db.get.return_value = {"name": "real"}
    assert solution.Service(db).greet(1) == "hello real"


def test_patch_dict():
    with patch.dict(solution.SETTINGS, {"lang": "de"}):
        assert solution.language() == "de"
    assert solution.language() == "en"


def test_setitem(monkeypatch):
    monkeypatch.setitem(solution.SETTINGS, "lang", "fr")
    assert solution.language() == "fr"


def test_setitem_is_back():
    assert solution.language() == "en"


def test_module_state():
    solution.counter = 5
    solution.increment()
    assert solution.counter == 6


def test_open_mocked():
    with patch("builtins.open", mock.mock_open(read_data="one\ntwo\n")):
        assert solution.count_lines("any.txt") == 2


def test_seed():
    random.seed(4)
    a = solution.draw()
    random.seed(4)
    assert solution.draw() == a


def test_argv(monkeypatch):
    monkeypatch.setattr("sys.argv", ["prog", "--name", "Zoe"])
    assert solution.main() == "hello Zoe"


def test_wraps():
    with patch("solution.helper", wraps=solution.helper) as spy:
        assert solution.uses_helper(2) == 5
        spy.assert_called_once_with(2)
    assert os.sep
