# ruff: noqa: T201, S102 - this is where cells run, and what they print is shown
"""Runs a notebook's cells in the candidate's process, each task in a module of its own.

Written beside the candidate's cells; imports nothing but the standard library. Nothing here decides a
mark: the tests look at what the cells have defined.
"""

import contextlib
import importlib
import importlib.util
import io
import json
import os
import signal
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLAN = "notebook_plan.json"
_KEPT = 256 * 1024
_HARMLESS = frozenset({"matplotlib", "config", "load_ext", "autoreload", "precision", "pprint"})
_plan: dict[str, Any] = {}
_ran: set[str] = set()
"""Cells that ran before, for another task."""
_stopped: set[str] = set()
"""Cells that took too long before, for another task."""
_told: set[str] = set()
_AGAIN = 0.1
_HERE = Path.cwd()
"""Where the cells' files lie, wherever a cell goes."""


class CellStopped(BaseException):
    """A cell ran longer than its task may."""


class _Kept(io.StringIO):
    """Text that a cell printed, up to a bound."""

    def write(self, text: str) -> int:
        """Keep a text while there is room."""
        if self.tell() < _KEPT:
            super().write(text[:_KEPT])
        return len(text)

    def close(self) -> None:
        """Stay open: what a cell closes is closed for that cell alone."""


def display(*values: Any, **_options: Any) -> None:
    """Print values as text."""
    for value in values:
        print(repr(value))


class _Shell:
    """What is left of Jupyter's shell: nothing but magics that only change the display."""

    def run_line_magic(self, name: str, *_arguments: Any) -> None:
        """Leave out a harmless magic; refuse any other."""
        if name not in _HARMLESS:
            raise RuntimeError(f"the magic %{name} is not available: cells are run as plain Python")

    magic = run_line_magic

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"get_ipython().{name} is not available: cells are run as plain Python")


def get_ipython() -> _Shell:
    """Return a stand-in for Jupyter's shell."""
    return _Shell()


def run(namespace: dict[str, Any]) -> None:
    """Run the cells of the task whose module this is, one after the other; an exception ends one cell alone."""
    os.chdir(_HERE)
    if not _plan:
        _prepare()
    troubles: list[str] = []
    namespace["_cell_troubles"] = troubles
    namespace.setdefault("display", display)
    namespace.setdefault("get_ipython", get_ipython)
    left = float(_plan["seconds"])
    for step in _plan["tasks"][namespace["__name__"]]:
        if "from" in step:
            _carry(step, namespace, troubles)
            continue
        trouble = str(step["refusal"])
        file = step["file"]
        if not trouble:
            began = time.monotonic()
            # Where it was stopped for another task, only what it defines first is worth waiting for.
            trouble = _run_cell(step, namespace, left * (_AGAIN if file in _stopped else 1))
            left = max(0.05, left - (time.monotonic() - began))
        if trouble:
            troubles.append(trouble)
            if trouble not in _told:
                print(trouble, file=sys.stderr)
            _told.add(trouble)
        _ran.add(file)


def _prepare() -> None:
    _plan.update(json.loads(Path(PLAN).read_text(encoding="utf-8")))
    os.environ.setdefault("MPLBACKEND", "Agg")
    if importlib.util.find_spec("IPython") is None:
        shell = types.ModuleType("IPython")
        shown = types.ModuleType("IPython.display")
        for module in (shell, shown):
            vars(module).update(display=display, get_ipython=get_ipython)
        for name in ("HTML", "Image", "Latex", "Markdown", "Math", "SVG"):
            setattr(shown, name, lambda data=None, **_options: data)
        vars(shown)["clear_output"] = lambda **_options: None
        vars(shell)["display"] = shown
        sys.modules.setdefault("IPython", shell)
        sys.modules.setdefault("IPython.display", shown)


def _carry(step: dict[str, Any], namespace: dict[str, Any], troubles: list[str]) -> None:
    """Take over names that an earlier task has defined."""
    earlier = importlib.import_module(step["from"])
    for name in step["names"]:
        if hasattr(earlier, name):
            namespace[name] = getattr(earlier, name)
        else:
            troubles.extend(one for one in vars(earlier)["_cell_troubles"] if one not in troubles)


def _run_cell(step: dict[str, Any], namespace: dict[str, Any], seconds: float) -> str:
    """Run one cell; return what ended it early, empty where nothing did."""
    label, path = step["label"], str(_HERE / step["file"])
    is_first = step["file"] not in _ran
    try:
        source = Path(path).read_text(encoding="utf-8")
        code = compile(source, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"{label}, line {error.lineno}: {type(error).__name__}: {error.msg}"
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return f"{label} cannot be run: {type(error).__name__}"
    kept = _Kept()
    trouble = ""
    with contextlib.redirect_stdout(kept), contextlib.redirect_stderr(kept):
        try:
            with _within(seconds):
                exec(code, namespace)
        except CellStopped:
            _stopped.add(step["file"])
            trouble = f"{label} was stopped: it took longer than the {_plan['seconds']:g} s allowed"
        except SystemExit:
            trouble = f"{label} called sys.exit(){_line(path)}"
        except BaseException as error:  # noqa: BLE001 - whatever a cell raises ends that cell alone
            trouble = f"{label} raised {type(error).__name__}{_text(error)}{_line(path)}"
    if is_first and kept.getvalue():
        print(kept.getvalue(), end="")
    return trouble


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Stop a cell that runs too long, so that the cells after it are reached; the judge's clock runs on its own."""

    def stop(_number: int, _frame: Any) -> None:
        raise CellStopped

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except ValueError:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _text(error: BaseException) -> str:
    try:
        text = str(error)[:300]
    except BaseException:  # noqa: BLE001 - the text of an exception is the candidate's code too
        return ""
    return f": {text}" if text else ""


def _line(path: str) -> str:
    """Return where in the cell the exception being handled arose."""
    line = 0
    trace = sys.exc_info()[2]
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f" (line {line})" if line else ""
