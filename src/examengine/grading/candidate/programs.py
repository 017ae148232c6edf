"""The submission run as a whole, for tests that ask for it: doctests, `__main__`, scripts, pickles."""

import builtins
import contextlib
import doctest
import importlib
import io
import pickle
import runpy
import sys
import traceback
import typing
from typing import Any

from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.operations import DOCTEST, HINTS, PICKLE, RUN_MODULE, RUN_SCRIPT, UNPICKLE


def serve_programs(endpoint: Endpoint, modules: frozenset[str]) -> None:
    """Add the operations of this file; pickles are the submission's own objects in its own process."""

    def checked(name: Any) -> str:
        if type(name) is not str or name.partition(".")[0] not in modules:
            raise WireError("no module of the submission")
        return name

    def run_module(name: Any, run_name: Any, names: Any) -> dict[str, Any]:
        found = runpy.run_module(checked(name), names, run_name, alter_sys=True)
        return {key: value for key, value in found.items() if not key.startswith("__")}

    def run_script(name: Any, arguments: Any, given: Any) -> tuple[int, str, str]:
        return _run_script(checked(name), arguments, given)

    endpoint.handlers |= {
        DOCTEST: _doctest,
        HINTS: typing.get_type_hints,
        RUN_MODULE: run_module,
        RUN_SCRIPT: run_script,
        PICKLE: pickle.dumps,
        UNPICKLE: pickle.loads,
    }


def _doctest(target: Any, verbose: Any, examples_only: Any) -> tuple[int, int]:
    if examples_only:
        module = importlib.import_module(target.__module__)
        doctest.run_docstring_examples(target, dict(vars(module)))
        return (0, 0)
    found = doctest.testmod(target, verbose=bool(verbose))
    return (found.failed, found.attempted)


def _run_script(name: str, arguments: Any, given: Any) -> tuple[int, str, str]:
    """Run a module as `python module.py` would, in this process; return exit code and texts."""
    out, err = io.StringIO(), io.StringIO()
    kept = sys.stdin, sys.argv[:], builtins.input
    code = 0
    sys.stdin = io.StringIO(given)
    builtins.input = _plain_input
    sys.argv[:] = [f"{name}.py", *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                runpy.run_module(name, run_name="__main__", alter_sys=False)
            except SystemExit as ending:
                if ending.code is None or isinstance(ending.code, int):
                    code = int(ending.code or 0)
                else:
                    print(ending.code, file=err)
                    code = 1
            except WireError:
                raise
            except BaseException:  # noqa: BLE001 - a program may end by any exception
                traceback.print_exc(file=err)
                code = 1
    finally:
        sys.stdin, sys.argv[:], builtins.input = kept
    return code, out.getvalue(), err.getvalue()


def _plain_input(prompt: object = "", /) -> str:
    sys.stdout.write(str(prompt))
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")
