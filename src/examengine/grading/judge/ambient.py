# ruff: noqa: SLF001 - the environment is compared at each call, without a copy
"""What tests change around the submission without naming it, repeated in the candidate.

Environment variables, `sys.argv`, the working folder, seeds, and functions of libraries that
`monkeypatch` or `mock.patch` replace: in one process the submission would see them.
"""

import os
import random
import sys
import types
import unittest.mock
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import _pytest.monkeypatch

from examengine.grading.judge.foreign_code import guard
from examengine.grading.judge.foreign_files import guard_files
from examengine.grading.judge.imports import SubmissionFinder
from examengine.grading.judge.submitted_text import SubmittedText
from examengine.grading.judge.vacuous import refuse_vacuous_arrays
from examengine.grading.judge.whole_programs import teach_programs
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.operations import PATCH, SEED, SURROUNDINGS

_PRIVATE_PREFIX: Final = "PYTEST_"
_UNPATCHED: Final = frozenset({"sys.stdin", "sys.stdout", "sys.stderr", "builtins.input", "sys.argv"})
"""Names whose replacement reaches the submission by other ways."""


class Ambient:
    """Keeps the candidate's surroundings as the tests set them."""

    def __init__(self, endpoint: Endpoint, exchange: str | None) -> None:
        self._endpoint = endpoint
        self._exchange = None if exchange is None else os.path.realpath(exchange)
        self._base_environment = dict(os.environ)
        self._seen: dict[Any, Any] = {}
        self._changed: dict[str, str | None] = {}
        self._arguments = list(sys.argv)
        self._folder: str | None = None
        self._busy = False
        self._outstanding: list[Callable[[], None]] = []
        self._originals: dict[tuple[str, str], Any] = {}
        self._moved = False
        self._watches_numpy = False
        self._errors: dict[str, str] = {}

    def install(self, texts: SubmittedText) -> None:
        """Start to notice what tests change, and to keep the submission's text from being run here."""
        policy: Any = self._endpoint.policy
        guard(policy.owns_code, policy.refused, texts)
        guard_files(self._exchange, policy.owns_code, policy.refused)
        teach_programs(self._endpoint, self._modules(), policy.refused)
        for module in (_pytest.monkeypatch, unittest.mock):
            module.setattr = self._setattr  # type: ignore[attr-defined]
        self._wrap(random, "seed", "random")
        self._wrap(random, "setstate", "random.setstate")
        self._wrap(sys, "setrecursionlimit", "recursion")
        self.notice_libraries()
        change_folder = os.chdir

        def chdir(path: Any) -> None:
            change_folder(path)
            self._moved = True

        os.chdir = chdir

    @staticmethod
    def _modules() -> tuple[str, ...]:
        """Return the top-level modules that the submission supplies."""
        finders = [finder for finder in sys.meta_path if isinstance(finder, SubmissionFinder)]
        return tuple(sorted(name for finder in finders for name in finder.names))

    def notice_libraries(self) -> None:
        """Watch the seeds of libraries that the tests have imported by now."""
        numpy = sys.modules.get("numpy")
        if numpy is not None and not self._watches_numpy:
            self._watches_numpy = refuse_vacuous_arrays()
            self._wrap(numpy.random, "seed", "numpy")
            self._errors = numpy.geterr()

    def _notice_errors(self) -> None:
        """Note how NumPy is to treat division by zero and the like, where a test changed that."""
        errors = sys.modules["numpy"].geterr()
        if errors != self._errors:
            if self._errors:
                self._outstanding.append(lambda: self._endpoint.bare_request(SEED, "errors", (errors,)))
            self._errors = errors

    def bring_up_to_date(self) -> None:
        """Send what changed since the last request."""
        if self._busy:
            return
        environment = os.environ._data  # type: ignore[attr-defined]
        stale = environment != self._seen
        if self._watches_numpy:
            self._notice_errors()
        if not (stale or self._moved or self._outstanding or sys.argv != self._arguments):
            return
        self._busy = True
        try:
            self._send(environment if stale else None)
        finally:
            self._busy = False

    def _send(self, environment: Any) -> None:
        pending, self._outstanding = self._outstanding, []
        for send in pending:
            send()
        changed = None
        if environment is not None:
            self._seen = dict(environment)
            found = self._environment_changes()
            if found != self._changed:
                changed = self._changed = found
        arguments = None
        if sys.argv != self._arguments:
            arguments = self._arguments = list(sys.argv)
        folder = self._new_folder() if self._moved else None
        self._moved = False
        if changed is not None or arguments is not None or folder is not None:
            self._endpoint.bare_request(
                SURROUNDINGS, None if changed is None else tuple(changed.items()), arguments, folder
            )

    def _environment_changes(self) -> dict[str, str | None]:
        now = {k: v for k, v in os.environ.items() if not k.startswith(_PRIVATE_PREFIX)}
        before = self._base_environment
        changes: dict[str, str | None] = {name: value for name, value in now.items() if before.get(name) != value}
        changes |= {name: None for name in before if name not in now}
        return changes

    def _new_folder(self) -> str | None:
        """Return the folder to go to, "" for the candidate's own, or None for no change."""
        here = str(Path.cwd())
        inside = self._exchange is not None and (here == self._exchange or here.startswith(self._exchange + os.sep))
        wanted = here if inside else ""
        if wanted == (self._folder or ""):
            return None
        self._folder = wanted
        return wanted

    def _wrap(self, module: Any, name: str, kind: str) -> None:
        original = getattr(module, name)

        def seed(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            given = args or tuple(kwargs.values())
            self._outstanding.append(lambda: self._endpoint.bare_request(SEED, kind, given))
            return result

        setattr(module, name, seed)

    def _setattr(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute for `monkeypatch` or `mock.patch`, here and in the candidate."""
        where = _library_path(target)
        if where is None or f"{where[0]}.{name}" in _UNPATCHED:
            setattr(target, name, value)
            return
        module, parents = where
        path = ".".join((*parents, name))
        key = (module, path)
        before = vars(target).get(name)
        setattr(target, name, value)
        restores = key in self._originals and self._originals[key] is value
        if restores:
            del self._originals[key]
        else:
            self._originals.setdefault(key, before)
        self._outstanding.append(
            lambda: self._endpoint.bare_request(PATCH, module, path, None if restores else value, restores)
        )


def _library_path(target: Any) -> tuple[str, tuple[str, ...]] | None:
    """Return the module (and class) of a library that a patch goes to; None: it is the tests'."""
    if type(target) is types.ModuleType:
        name = target.__name__
        if sys.modules.get(name) is target and _is_library(target):
            return name, ()
        return None
    if type(target) is type and target.__module__ in sys.modules:
        module: Any = sys.modules[target.__module__]
        found = vars(module).get(target.__name__)
        if found is target and type(module) is types.ModuleType and _is_library(module):
            return module.__name__, (target.__name__,)
    return None


def _is_library(module: types.ModuleType) -> bool:
    top = module.__name__.partition(".")[0]
    if top in {"_pytest", "pytest", "unittest", "examengine"}:
        return False
    if top in sys.stdlib_module_names:
        return True
    file = getattr(module, "__file__", None)
    return type(file) is str and "site-packages" in file
