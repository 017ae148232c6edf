"""What only the candidate can do with the submission as a whole: doctests, `__main__`, scripts, type hints.

All of it is run by the candidate. What it says of its own doctests is believed: the examples are its own.
"""

import contextlib
import doctest
import io
import os
import runpy
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any, Self

from examengine.grading.judge.trust import is_remote
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.operations import DOCTEST, HINTS, RUN_MODULE, RUN_SCRIPT


def teach_programs(endpoint: Endpoint, modules: tuple[str, ...], refused: Callable[[str], None]) -> None:
    """Let the candidate run what is its own."""
    _teach_doctest(endpoint, refused)
    _teach_runpy(endpoint, modules)
    _teach_subprocess(endpoint, modules)
    hints = typing.get_type_hints

    def get_type_hints(obj: Any, *args: Any, **options: Any) -> Any:
        return endpoint.request(HINTS, obj) if _is_theirs(obj) else hints(obj, *args, **options)

    typing.get_type_hints = get_type_hints


def _is_theirs(value: Any) -> bool:
    return is_remote(value) or hasattr(type(value), "_wire_module")


def _teach_doctest(endpoint: Endpoint, refused: Callable[[str], None]) -> None:
    test_module, run_examples, find = doctest.testmod, doctest.run_docstring_examples, doctest.DocTestFinder.find

    def testmod(m: Any = None, *args: Any, **options: Any) -> Any:
        if not _is_theirs(m):
            return test_module(m, *args, **options)
        failed, attempted = _pair(endpoint.request(DOCTEST, m, bool(options.get("verbose")), False))
        return doctest.TestResults(failed, attempted)

    def run_docstring_examples(f: Any, globs: Any, *args: Any, **options: Any) -> None:
        if not _is_theirs(f):
            run_examples(f, globs, *args, **options)
            return
        endpoint.request(DOCTEST, f, False, True)

    def guarded(self: Any, obj: Any, *args: Any, **options: Any) -> Any:
        if _is_theirs(obj):
            sentence = "The submission's doctests are run by doctest.testmod alone."
            refused(sentence)
            raise AssertionError(sentence)
        return find(self, obj, *args, **options)

    doctest.testmod = testmod
    doctest.run_docstring_examples = run_docstring_examples
    doctest.DocTestFinder.find = guarded  # type: ignore[method-assign]


def _pair(found: Any) -> tuple[int, int]:
    if type(found) is tuple and len(found) == 2 and all(type(count) is int for count in found):
        return found
    raise TypeError("no results of doctests")


def _teach_runpy(endpoint: Endpoint, modules: tuple[str, ...]) -> None:
    run_module, run_path = runpy.run_module, runpy.run_path

    def module(mod_name: str, init_globals: Any = None, run_name: Any = None, alter_sys: bool = False) -> Any:
        if mod_name.partition(".")[0] not in modules:
            return run_module(mod_name, init_globals, run_name, alter_sys)
        return endpoint.request(RUN_MODULE, mod_name, run_name, init_globals)

    def path(path_name: Any, init_globals: Any = None, run_name: Any = None) -> Any:
        name = _module_of(path_name, modules)
        if name is None:
            return run_path(path_name, init_globals, run_name)
        return endpoint.request(RUN_MODULE, name, run_name or "<run_path>", init_globals)

    runpy.run_module = module
    runpy.run_path = path


def _module_of(file: Any, modules: tuple[str, ...]) -> str | None:
    """Return the module of the submission that a file name means, if it is one and no file of the tests."""
    path = PurePath(str(file))
    return path.stem if path.suffix == ".py" and path.stem in modules else None


def _teach_subprocess(endpoint: Endpoint, modules: tuple[str, ...]) -> None:
    run = subprocess.run

    def run_program(*popenargs: Any, **options: Any) -> Any:
        command: Any = popenargs[0] if popenargs else options.get("args")
        words = [str(word) for word in command] if isinstance(command, list | tuple) else str(command).split()
        name, arguments = _program(words, modules)
        if name is None:
            return run(*popenargs, **options)
        given = options.get("input")
        if given is None and hasattr(options.get("stdin"), "read"):
            given = options["stdin"].read()
        is_text = bool(
            options.get("text") or options.get("universal_newlines") or options.get("encoding") or options.get("errors")
        )
        if isinstance(given, bytes):
            given = given.decode("utf-8", "replace")
        with _environment(options.get("env")):
            code, out, err = endpoint.request(RUN_SCRIPT, name, arguments, given or "")
        if options.get("stderr") == subprocess.STDOUT:
            out, err = out + err, ""
        captured = bool(options.get("capture_output"))
        shown = [
            (text if is_text else text.encode()) if captured or options.get(stream) == subprocess.PIPE else None
            for stream, text in (("stdout", out), ("stderr", err))
        ]
        done = subprocess.CompletedProcess(command, code, *shown)
        if options.get("check"):
            done.check_returncode()
        return done

    started: Any = subprocess.Popen

    class Popen(started):  # type: ignore[misc]
        """Starts programs as before, and the submission's in the candidate."""

        def __new__(cls, *popenargs: Any, **options: Any) -> Any:
            command: Any = popenargs[0] if popenargs else options.get("args")
            words = [str(word) for word in command] if isinstance(command, list | tuple) else str(command).split()
            if _program(words, modules)[0] is None:
                return object.__new__(cls)
            return _Program(run_program, command, options)

    subprocess.run = run_program
    subprocess.Popen = Popen  # type: ignore[misc]


class _Program:
    """A run of the submission as a program: it begins when its output or its end is asked for."""

    def __init__(self, run: Callable[..., Any], command: Any, options: dict[str, Any]) -> None:
        self.args = command
        self.pid = 0
        self._run = run
        self._options = {name: value for name, value in options.items() if name != "args"}
        self._is_text = any(options.get(name) for name in ("text", "universal_newlines", "encoding", "errors"))
        self._done: Any = None
        self._streams: dict[str, Any] = {}
        piped = self._options.get("stdin") == subprocess.PIPE
        self.stdin: Any = _Input(self._is_text) if piped else None
        if piped:
            del self._options["stdin"]

    @property
    def returncode(self) -> int | None:
        return None if self._done is None else int(self._done.returncode)

    @property
    def stdout(self) -> Any:
        return self._stream("stdout")

    @property
    def stderr(self) -> Any:
        return self._stream("stderr")

    def communicate(self, input: Any = None, timeout: float | None = None) -> tuple[Any, Any]:  # noqa: A002, ARG002
        """Give all input and return all output."""
        self._finish(input)
        return self._done.stdout, self._done.stderr

    def wait(self, timeout: float | None = None) -> int:  # noqa: ARG002 - the test's own limit holds
        """Run the program to its end."""
        self._finish(None)
        return int(self._done.returncode)

    def poll(self) -> int | None:
        """Tell whether the program ended: nothing goes on unseen, so that it has."""
        return self.wait()

    def kill(self) -> None:
        """End the program; it has ended."""

    terminate = kill

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()

    def _stream(self, name: str) -> Any:
        if self._options.get(name) != subprocess.PIPE:
            return None
        self._finish(None)
        if name not in self._streams:
            text = getattr(self._done, name)
            self._streams[name] = io.StringIO(text) if self._is_text else io.BytesIO(text or b"")
        return self._streams[name]

    def _finish(self, given: Any) -> None:
        if self._done is not None:
            return
        before = self.stdin.written if self.stdin is not None else None
        if before:
            given = before + given if given else before
        if given is not None:
            self._options["input"] = given
        self._done = self._run(self.args, **self._options)


class _Input:
    """What a test writes to a program, kept until the program runs."""

    def __init__(self, is_text: bool) -> None:
        self.written: Any = "" if is_text else b""
        self.closed = False

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: all of it is given at once."""

    def close(self) -> None:
        """End the input."""
        self.closed = True


@contextlib.contextmanager
def _environment(wanted: Any) -> Iterator[None]:
    """Let a program see the environment that a test gives it."""
    if wanted is None:
        yield
        return
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update({str(name): str(value) for name, value in wanted.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _program(words: list[str], modules: tuple[str, ...]) -> tuple[str | None, list[str]]:
    """Return the module that `python solution.py ...` or `python -m solution ...` means."""
    if len(words) < 2 or not (words[0] == sys.executable or PurePath(words[0]).name.startswith("python")):
        return None, []
    rest = list(words[1:])
    while rest and rest[0] in {"-u", "-B", "-I", "-E", "-s"}:
        rest = rest[1:]
    if len(rest) > 1 and rest[0] == "-m":
        return (rest[1] if rest[1] in modules else None), rest[2:]
    return (_module_of(rest[0], modules) if rest else None), rest[1:]
