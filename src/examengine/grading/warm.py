"""The supervisor's end of a warm parent: starting it, asking it for pairs, ending it."""

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examengine.core.errors import SandboxUnavailable
from examengine.grading import framing, preload
from examengine.grading.sandbox import bubblewrap, trees
from examengine.grading.sandbox.parent import expand

_READY_SECONDS = 180.0
_PAIR_SECONDS = 60.0

_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "USER": "candidate",
    "LOGNAME": "candidate",
    "HOME": "/nonexistent",
    "PYTHONDONTWRITEBYTECODE": "1",
    # One thread each: a fork copies only the thread that forks, and the arenas of the C library
    # would eat the address space that a submission may use.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "LOKY_MAX_CPU_COUNT": "1",
    # `n_jobs=-1` then means one, everywhere: as fast here, and no worker processes.
    "JOBLIB_MULTIPROCESSING": "0",
    "MALLOC_ARENA_MAX": "1",
    "MPLBACKEND": "Agg",
    "KMP_INIT_AT_FORK": "FALSE",
}
"""All that judge and candidate see of an environment, and the hash seed; nothing of the caller's."""


_START = """\
import sys
sys.path[len(sys.path):] = [p for p in sys.argv[2:] if p not in sys.path]
from examengine.grading.zygote import main
main()
"""


def start_command(control: int) -> list[str]:
    """Return the command that starts a warm parent which finds the packages that we find."""
    ours = str(Path(__file__).resolve().parents[2])
    installed = [entry for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"}]
    options = ["-s", "-P", "-X", "utf8"]
    return [sys.executable, *options, "-c", _START, str(control), ours, *installed]


@dataclass(frozen=True, slots=True)
class PairEnds:
    """The supervisor's sockets to one pair: what the warm parent tells of it, and both children."""

    facts: socket.socket
    judge: socket.socket
    candidate: socket.socket

    def close(self) -> None:
        """Close all three; the warm parent then ends the pair."""
        for end in (self.candidate, self.judge, self.facts):
            end.close()


class Warm:
    """One warm parent. Thread-safe."""

    def __init__(
        self,
        modules: Iterable[str],
        without: Iterable[str] = (),
        command: Callable[[int], list[str]] = start_command,
        *,
        hash_seed: int = 0,
    ) -> None:
        """Name what it imports; nothing is started yet.

        Args:
            modules: what is imported once, before the first fork.
            without: sandbox layers to leave out.
            command: how to start one on a descriptor.
            hash_seed: decides the order of sets. Equal in every warm parent that grades a candidate, so that
                the order never changes a verdict; other values show whether it would.
        """
        self._hash_seed = hash_seed
        self._command = command
        self.modules = tuple(sorted(set(modules)))
        self.missing: tuple[str, ...] = ()
        self.resident_kib = 0
        self.layers: tuple[tuple[str, bool, str], ...] = ()
        """The layers that its children will enter; a child that cannot enter one does not run."""
        self._without = tuple(without)
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until its imports are done.

        Raises:
            SandboxUnavailable: it did not come up.
        """
        with self._lock:
            if self._ready.is_set():
                return
            answer = self._launch()
            self.missing = tuple(str(name) for name in answer["missing"])
            self.resident_kib = int(answer["resident_kib"])
            self.layers = tuple((str(name), bool(active), str(detail)) for name, active, detail in answer["layers"])
            if self._control is not None:
                self._control.settimeout(_PAIR_SECONDS)
            self._ready.set()

    def _launch(self) -> dict[str, Any]:
        """Start it, inside bubblewrap where it cannot make namespaces itself; return its word."""
        config: dict[str, Any] = {
            "modules": list(self.modules),
            "optional": list(preload.companions(self.modules)),
            "without": list(self._without),
        }
        switched_off = bubblewrap.NAME in expand(self._without)
        program = None if switched_off else bubblewrap.find()
        absent = "switched off" if switched_off else "not installed"
        answer = self._ask(config | ({"may_wrap": True} if program else {"unwrapped": absent}))
        if answer.get("kind") == "unwrapped" and program is not None:
            self._end()
            view = trees.find(self.modules)
            config["wrapped"] = answer["missing"]
            with contextlib.suppress(SandboxUnavailable):
                answer = self._ask(config, lambda command: bubblewrap.wrap(program, view, command))
            if answer.get("kind") != "ready":
                self._end()
                del config["wrapped"]
                answer = self._ask(config | {"unwrapped": "installed, but the system does not let it work"})
        if answer.get("kind") != "ready":
            self._end()
            raise SandboxUnavailable(
                "the process that runs submissions could not set itself up",
                hint=str(answer.get("message", "")),
            )
        return answer

    def _ask(
        self, config: dict[str, Any], wrapped: Callable[[list[str]], list[str]] = lambda command: command
    ) -> dict[str, Any]:
        ours, theirs = socket.socketpair()
        try:
            self._process = self._spawn(theirs, wrapped)
        except OSError as error:
            ours.close()
            raise SandboxUnavailable("the process that runs submissions did not start", hint=str(error)) from error
        finally:
            theirs.close()
        self._control = ours
        ours.settimeout(_READY_SECONDS)
        try:
            framing.send(ours, config)
            return framing.receive(ours).header
        except (OSError, EOFError, framing.FrameError) as error:
            self._end()
            raise SandboxUnavailable(
                "the process that runs submissions did not start",
                hint=f"{type(error).__name__}: {error}",
            ) from error

    @property
    def is_ready(self) -> bool:
        """Whether it is up and its process alive, as far as is known."""
        return self._ready.is_set()

    @property
    def pid(self) -> int | None:
        """The process id of the warm parent."""
        return self._process.pid if self._process else None

    def _spawn(self, theirs: socket.socket, wrapped: Callable[[list[str]], list[str]]) -> subprocess.Popen[bytes]:
        descriptor = theirs.fileno()
        return subprocess.Popen(
            wrapped(self._command(descriptor)),
            env={**_ENVIRONMENT, "PYTHONHASHSEED": str(self._hash_seed)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            start_new_session=True,
        )

    def pair(self, memory_mib: int, file_mib: int, processes: int = 64) -> PairEnds:
        """Return a fresh judge and candidate, waiting for their orders.

        Raises:
            SandboxUnavailable: the warm parent is gone or cannot fork.
        """
        with self._lock:
            if self._control is None:
                raise SandboxUnavailable("the process that runs submissions has ended")
            try:
                framing.send(
                    self._control,
                    {"memory_bytes": memory_mib << 20, "file_bytes": file_mib << 20, "processes": processes},
                )
                answer = framing.receive(self._control)
            except (OSError, EOFError, framing.FrameError) as error:
                self._end()
                raise SandboxUnavailable("the process that runs submissions has ended") from error
        if len(answer.descriptors) != 3:
            raise SandboxUnavailable(
                "no process for the submission could be made",
                hint=str(answer.header.get("message", "")),
            )
        facts, judge, candidate = (socket.socket(fileno=one) for one in answer.descriptors)
        return PairEnds(facts, judge, candidate)

    def _end(self) -> None:
        self._ready.clear()
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def close(self) -> None:
        """End the warm parent and everything it started."""
        with self._lock, contextlib.suppress(OSError):
            self._end()
