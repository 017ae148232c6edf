"""Which terminals get screens, and which are offered line mode."""

import sys

import pytest

from examengine.cli.main import main
from examengine.cli.open_screens import has_terminal


class ATerminal:
    def __init__(self, stream: object) -> None:
        self._stream = stream

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def sit_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr(sys, "stdin", ATerminal(sys.stdin))
    monkeypatch.setattr(sys, "stdout", ATerminal(sys.stdout))


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "screen-256color", "linux", "tmux-256color"])
def test_terminals_with_a_cursor_get_screens(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    sit_at_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", term)
    assert has_terminal()


def test_a_dumb_terminal_is_offered_line_mode(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_at_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    assert not has_terminal()
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 0
    assert "--plain" in capsys.readouterr().out


def test_a_pipe_gets_no_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not has_terminal()
