import datetime
import io
import types
import unittest
import unittest.mock
from unittest import mock
from unittest.mock import ANY, MagicMock, Mock, call, create_autospec, mock_open, patch, sentinel

import pytest

import solution
from solution import Cart, Notifier, Thermostat


class StubSensor:
    def __init__(self, readings):
        self.readings = list(readings)
        self.calls = 0

    def read(self):
        self.calls += 1
        return self.readings.pop(0)

    @property
    def name(self):
        return "stub"


class StubStore(dict):
    saved = False

    def save(self):
        self.saved = True


class FakeFile:
    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines.append(text)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.lines.append("closed")


class Clock:
    def __init__(self, *times):
        self.times = iter(times)

    def __call__(self):
        return next(self.times)


def test_stub_with_state():
    sensor = StubSensor([18, 25])
    t = Thermostat(sensor, target=20)
    assert t.step() == "heat"
    assert t.step() == "off"
    assert sensor.calls == 2
    assert sensor.readings == []
    assert t.sensor is sensor
    assert t.describe() == "stub at 20"


def test_stub_that_is_a_dict():
    store = StubStore()
    solution.remember(store, "k", 1)
    assert store == {"k": 1}
    assert store.saved is True


def test_stub_file():
    f = FakeFile()
    solution.write_all(f, ["a", "b"])
    assert f.lines == ["a\n", "b\n", "closed"]
    out = io.StringIO()
    solution.write_plain(out, [1, 2])
    assert out.getvalue() == "1\n2\n"


def test_simple_namespace():
    ns = types.SimpleNamespace(price=3, count=4)
    assert solution.total(ns) == 12
    solution.mark(ns)
    assert ns.marked is True


def test_callable_object():
    clock = Clock(1.0, 3.5)
    assert solution.elapsed(clock) == 2.5


def test_mock_as_argument():
    sender = Mock()
    Notifier(sender).notify("ann", "hi")
    sender.send.assert_called_once_with("ann", "HI", urgent=False)
    assert sender.send.call_count == 1
    assert sender.method_calls == [call.send("ann", "HI", urgent=False)]


def test_mock_return_value_and_side_effect():
    sender = Mock()
    sender.send.return_value = True
    assert Notifier(sender).notify("a", "b") is True
    sender.send.side_effect = [False, ConnectionError("down")]
    assert Notifier(sender).notify("a", "b") is False
    with pytest.raises(ConnectionError, match="down"):
        Notifier(sender).notify("a", "b")


def test_mock_calls_in_order():
    m = MagicMock()
    Notifier(m).broadcast(["a", "b"], "x")
    assert m.send.call_args_list == [call("a", "X", urgent=True), call("b", "X", urgent=True)]
    m.send.assert_any_call("b", ANY, urgent=True)
    m.send.assert_has_calls([call("a", "X", urgent=True)])
    assert m.send.call_args == (("b", "X"), {"urgent": True})
    assert m.send.call_args.kwargs["urgent"] is True
    m.close.assert_not_called()


def test_not_called():
    m = Mock()
    Notifier(m).broadcast([], "x")
    m.send.assert_not_called()
    assert not m.send.called


def test_magic_mock_protocols():
    m = MagicMock()
    m.__len__.return_value = 3
    m.__getitem__.side_effect = lambda i: i * 10
    m.__iter__.return_value = iter([7, 8])
    assert solution.measure(m) == (3, 20, [7, 8])
    cm = MagicMock()
    cm.__enter__.return_value.write = Mock()
    solution.write_all(cm, ["q"])
    cm.__enter__.return_value.write.assert_called_once_with("q\n")
    cm.__exit__.assert_called_once()


def test_spec_and_autospec():
    class Sender:
        def send(self, to, text, urgent=False): ...

    m = create_autospec(Sender, instance=True)
    Notifier(m).notify("z", "y")
    m.send.assert_called_once_with("z", "Y", urgent=False)
    limited = Mock(spec=["other"])
    with pytest.raises(AttributeError):
        Notifier(limited).notify("z", "y")


def test_autospec_of_the_solutions_class():
    m = create_autospec(Cart, instance=True)
    m.total.return_value = 5
    assert solution.checkout(m) == 5
    m.total.assert_called_once_with()


def test_sentinel_passes_through():
    assert solution.same(sentinel.thing) is sentinel.thing


def test_patch_names_of_the_solution():
    with patch("solution.fetch", return_value={"n": 3}) as fetched:
        assert solution.load("u") == 3
    fetched.assert_called_once_with("u")
    with patch.object(solution, "RATE", 2):
        assert solution.convert(4) == 8
    assert solution.convert(4) == 40


@patch("solution.fetch")
def test_patch_decorator(fetched):
    fetched.side_effect = TimeoutError("slow")
    with pytest.raises(TimeoutError, match="slow"):
        solution.load("u")


def test_patch_library_inside_the_solution():
    with patch("solution.urllib.request.urlopen") as urlopen:
        urlopen.return_value.__enter__.return_value.read.return_value = b'{"n": 9}'
        assert solution.load("http://x") == 9
    urlopen.assert_called_once()
    with patch("solution.time.sleep") as sleep:
        solution.wait(3)
    sleep.assert_called_with(3)
    with patch("time.time", return_value=100.0):
        assert solution.now() == 100.0


def test_patch_datetime_class_in_the_solution():
    fixed = datetime.datetime(2020, 1, 2, 3, 4)
    with patch("solution.datetime") as fake:
        fake.now.return_value = fixed
        assert solution.today() == "2020-01-02"


def test_patch_method_of_a_class():
    with patch.object(Cart, "total", return_value=99):
        assert solution.checkout(Cart()) == 99
    assert solution.checkout(Cart()) == 0
    with patch.object(Cart, "price_of", autospec=True, side_effect=lambda self, n: 7) as p:
        c = Cart()
        c.add("x")
        assert c.total() == 7
    p.assert_called_once_with(c, "x")


def test_wraps_spy():
    with patch.object(solution, "double", wraps=solution.double) as spy:
        assert solution.quadruple(3) == 12
    assert spy.call_count == 2
    assert spy.call_args_list == [call(3), call(6)]


def test_mock_open_for_the_solution():
    with patch("builtins.open", mock_open(read_data="1\n2\n3\n")) as opened:
        assert solution.sum_file("numbers.txt") == 6
    opened.assert_called_once()
    assert opened.call_args.args[0] == "numbers.txt"
    with patch("solution.open", mock_open(read_data="5\n"), create=True):
        assert solution.sum_file("numbers.txt") == 5


def test_input_and_print_patched(monkeypatch, capsys):
    with patch("builtins.input", side_effect=["3", "4"]):
        assert solution.ask_two() == 7
    answers = iter(["1", "2"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers))
    assert solution.ask_two() == 3
    with patch("builtins.print") as printed:
        solution.greet("x")
    printed.assert_called_once_with("hello", "x")


def test_patch_dict(monkeypatch):
    with patch.dict("os.environ", {"MODE": "test"}):
        assert solution.mode() == "test"
    with patch.dict(solution.SETTINGS, {"debug": True}):
        assert solution.is_debug() is True
    assert solution.is_debug() is False
    monkeypatch.setitem(solution.SETTINGS, "debug", True)
    assert solution.is_debug() is True


def test_monkeypatch_is_undone():
    assert solution.is_debug() is False


def test_property_mock():
    with patch.object(Cart, "empty", new_callable=mock.PropertyMock) as empty:
        empty.return_value = "maybe"
        assert Cart().empty == "maybe"
    assert Cart().empty is True


def test_async_mock():
    import asyncio

    m = mock.AsyncMock(return_value=4)
    assert asyncio.run(solution.double_async(m)) == 8
    m.assert_awaited_once_with("q")


class TestWithSetUp(unittest.TestCase):
    def setUp(self):
        patcher = patch("solution.random.randint", return_value=4)
        self.randint = patcher.start()
        self.addCleanup(patcher.stop)

    def test_dice(self):
        self.assertEqual(solution.roll(3), [4, 4, 4])
        self.assertEqual(self.randint.call_count, 3)
        self.randint.assert_called_with(1, 6)

    @patch("sys.stdout", new_callable=io.StringIO)
    def test_stdout(self, out):
        solution.greet("bob")
        self.assertEqual(out.getvalue(), "hello bob\n")
