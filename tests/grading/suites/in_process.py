"""The yardstick: the same tests with the submission beside them, in one plain process."""

import contextlib
import gc
import io
import json
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

_SECONDS = 120


class _Outcomes:
    """Notes per test id whether it passed, was skipped or failed."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report) -> None:
        before = self.found.get(report.nodeid, "passed")
        if report.failed:
            now = "failed"
        elif report.skipped or hasattr(report, "wasxfail"):
            now = "skipped"
        else:
            now = "passed"
        order = ["passed", "skipped", "failed"]
        self.found[report.nodeid] = max(before, now, key=order.index)


def outcomes_in_process(files: dict[str, bytes], test_files: tuple[str, ...]) -> dict[str, str]:
    """Run the tests in a forked process and return the outcome of each id."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            gc.freeze()
            os.close(reading)
            # A test that never ends would go on, and grow, when nobody waits for it any more.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(_SECONDS)
            warnings.resetwarnings()
            sys.unraisablehook = sys.__unraisablehook__
            with tempfile.TemporaryDirectory() as room:
                found = _run(Path(room).resolve(), files, test_files)
            with os.fdopen(writing, "w") as pipe:
                json.dump(found, pipe)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(process, 0)
    return json.loads(text)


def _run(room: Path, files: dict[str, bytes], test_files: tuple[str, ...]) -> dict[str, str]:
    for name, content in files.items():
        target = room / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    os.chdir(room)
    sys.path.insert(0, str(room))
    for name in [n for n in sys.modules if n.startswith(("test_", "conftest"))]:
        del sys.modules[name]
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    outcomes = _Outcomes()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    arguments = ["-c", os.devnull, f"--rootdir={room}", f"--confcutdir={room}", "-q", "--tb=no"]
    arguments += ["-p", "no:cacheprovider", "--continue-on-collection-errors", "--capture=sys"]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*arguments, *(str(room / name) for name in test_files)], plugins=[outcomes])
    return outcomes.found
