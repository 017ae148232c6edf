"""What the candidate does for the judge beyond plain calls: imports, signatures, derived classes."""

import importlib
import inspect
import os
import random
import sys
import tokenize
import types
from pathlib import Path
from typing import Any

from examengine.grading.candidate.members import as_member
from examengine.grading.candidate.policy import CandidatePolicy
from examengine.grading.candidate.programs import serve_programs
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.operations import (
    DERIVE,
    FORGET,
    IMPORT,
    PATCH,
    RESTORE,
    SEED,
    SOURCE,
    SURROUNDINGS,
    TEXT,
)


class Service:
    """Operations that only the candidate serves."""

    def __init__(
        self,
        endpoint: Endpoint,
        policy: CandidatePolicy,
        modules: tuple[str, ...],
        folder: str,
    ) -> None:
        self._endpoint = endpoint
        self._modules = frozenset(modules)
        self._folder = folder
        self._originals: dict[tuple[str, str], Any] = {}
        self._environment = dict(os.environ)
        endpoint.handlers |= {
            IMPORT: self.import_module,
            RESTORE: policy.restore,
            DERIVE: self.derive,
            SOURCE: inspect.getsource,
            PATCH: self.patch,
            SURROUNDINGS: self.surroundings,
            FORGET: self.forget,
            TEXT: self.text,
            SEED: self.seed,
        }
        serve_programs(endpoint, self._modules)

    def import_module(self, name: Any) -> tuple[int, bool]:
        """Import a module of the submission; return its key and whether it is a package."""
        if type(name) is not str or name.partition(".")[0] not in self._modules:
            raise WireError("no module of the submission")
        module = importlib.import_module(name)
        return self._endpoint.objects.hand_out(module), hasattr(module, "__path__")

    def text(self, name: Any) -> str | None:
        """Return the text of one of the submission's own files, None where there is none."""
        if type(name) is not str or name not in self._modules:
            raise WireError("no module of the submission")
        try:
            with tokenize.open(Path(self._folder, f"{name}.py")) as file:
                return file.read()
        except OSError:
            return None

    def forget(self, name: Any) -> None:
        """Forget a module of the submission, so that its next import runs it anew."""
        for known in list(sys.modules):
            if known == name or known.startswith(f"{name}."):
                del sys.modules[known]

    def derive(self, qualname: Any, name: Any, bases: Any, body: Any, lesser: Any, kwargs: Any) -> int:
        """Make the counterpart of a test's class that derives from one of the submission's.

        The members in `lesser` come from bases that stand after the submission's own.
        """
        members: dict[str, Any] = {"__qualname__": qualname}
        for key, value in lesser:
            if not any(hasattr(base, key) for base in bases):
                members[key] = as_member(value)
        for key, value in body:
            members[key] = as_member(value)
        cls = types.new_class(name, bases, kwargs, lambda namespace: namespace.update(members))
        return self._endpoint.objects.hand_out(cls)

    def patch(self, module: Any, path: Any, value: Any, restore: Any) -> None:
        """Repeat on this side what a test patched in a library module on its own."""
        target: Any = importlib.import_module(module)
        *parents, last = path.split(".")
        for parent in parents:
            target = getattr(target, parent)
        key = (module, path)
        if restore:
            if key in self._originals:
                setattr(target, last, self._originals.pop(key))
            return
        if key not in self._originals:
            self._originals[key] = getattr(target, last)
        setattr(target, last, value)

    def surroundings(self, environment: Any, arguments: Any, folder: Any) -> None:
        """Take over what a test set: environment variables, `sys.argv`, the working folder."""
        if environment is not None:
            os.environ.clear()
            os.environ.update(self._environment)
            for name, value in environment:
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
        if arguments is not None:
            sys.argv[:] = arguments
        if folder is not None:
            os.chdir(folder or self._folder)

    def seed(self, kind: Any, arguments: Any) -> None:
        """Seed this side's random numbers as the test seeded its own."""
        if kind == "random":
            random.seed(*arguments)
        elif kind == "random.setstate":
            random.setstate(*arguments)
        elif kind == "recursion":
            sys.setrecursionlimit(*arguments)
        elif kind == "errors":
            import numpy as np

            np.seterr(**arguments[0])
        elif kind == "numpy":
            import numpy as np

            np.random.seed(*arguments)  # noqa: NPY002 - what the test did to its own
