"""What only the candidate can do with the submission as a whole: doctests, `__main__`, scripts, type hints.

All of it is run by the candidate. What it says of its own doctests is believed: the examples are its own.
"""

import doctest
import runpy
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

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
        is_text = bool(
            options.get("text") or options.get("universal_newlines") or options.get("encoding") or options.get("errors")
        )
        if isinstance(given, bytes):
            given = given.decode("utf-8", "replace")
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

    subprocess.run = run_program


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
