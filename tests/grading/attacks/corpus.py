"""Reading the corpora of hostile, broken and odd submissions, and a machine that shows harm."""

import os
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from examengine.core.limits import Limits
from examengine.grading.job import GradingJob

ROOT = Path(__file__).resolve().parents[2] / "corpora" / "submissions"
EXERCISE = ROOT / "exercise"
LIMITS = Limits(seconds=30, memory_mib=384, file_mib=16, processes=32, output_kib=16)
SHORT = LIMITS.model_copy(update={"seconds": 1.5})
"""For submissions that use up whatever time there is."""
POSSIBLE = 8


@dataclass(frozen=True)
class Case:
    """One submission and what a good grader makes of it."""

    name: str
    content: bytes
    kind: str
    """forge, leak, damage, exhaust, broken or honest."""
    tries: str
    verdicts: frozenset[str]
    earns_at_most: int
    says: str


def _fields(text: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.decode("utf-8", "replace").splitlines()[:8]:
        name, colon, value = line.removeprefix("# ").partition(":")
        if line.startswith("# ") and colon:
            found.setdefault(name.strip(), value.strip())
    return found


def cases() -> list[Case]:
    """Return every submission of the project's own corpus."""
    made = []
    for path in sorted(ROOT.glob("*.py")):
        content = path.read_bytes()
        beside = path.with_name(path.name + ".expect")
        fields = _fields(beside.read_bytes() if beside.exists() else content)
        made.append(
            Case(
                name=path.stem,
                content=content,
                kind=fields["kind"],
                tries=fields["tries"],
                verdicts=frozenset(fields["expect"].split()),
                earns_at_most=int(fields["earns"]),
                says=fields.get("says", ""),
            )
        )
    return made


def job(content: bytes, *, known_ids: bool = False, limits: Limits = LIMITS) -> GradingJob:
    """Return the grading of one submission to the corpus's exercise."""
    expected = None
    if known_ids:
        tests = (EXERCISE / "test_hidden.py").read_text()
        expected = tuple(
            f"test_hidden.py::{line.split('(')[0].removeprefix('def ')}"
            for line in tests.splitlines()
            if line.startswith("def test_")
        )
    return GradingJob(
        submission={"solution.py": content},
        tests={"test_hidden.py": (EXERCISE / "test_hidden.py").read_bytes()},
        support={name: (EXERCISE / name).read_bytes() for name in ("reference.py", "expected.json")},
        data={"names.txt": (EXERCISE / "names.txt").read_bytes()},
        expected=expected,
        limits=limits,
    )


class Listener:
    """Local servers that count who reaches them."""

    def __init__(self, folder: Path) -> None:
        self.reached: list[str] = []
        self._stream = socket.create_server(("127.0.0.1", 0))
        self.port = self._stream.getsockname()[1]
        self._datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagram.bind(("127.0.0.1", self.port))
        self._local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._local.bind(str(folder / "listener.sock"))
        self._local.listen()
        for name in ("stream", "local"):
            threading.Thread(target=self._accept, args=(name,), daemon=True).start()
        threading.Thread(target=self._receive, daemon=True).start()

    def _accept(self, name: str) -> None:
        server: socket.socket = getattr(self, f"_{name}")
        while True:
            try:
                other, _ = server.accept()
            except OSError:
                return
            self.reached.append(name)
            other.close()

    def _receive(self) -> None:
        while True:
            try:
                self._datagram.recv(1)
            except OSError:
                return
            self.reached.append("datagram")

    def close(self) -> None:
        for server in (self._stream, self._local, self._datagram):
            with_shutdown = server.type == socket.SOCK_STREAM
            if with_shutdown:
                server.shutdown(socket.SHUT_RDWR)
            server.close()


class Canaries:
    """A home folder, an environment variable and listeners that no submission may touch."""

    VALUE = "ENVIRONMENT-CANARY-3f7d"

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "canary").mkdir(parents=True)
        (home / "canary" / "key.txt").write_text("HOME-CANARY-88ab\n")
        (home / ".bashrc").write_text("# HOME-CANARY-88ab\n")
        (home / "gradebook.db").write_bytes(b"")
        self.listener = Listener(home)
        self.before = self.snapshot()
        self.outside = self.places_outside()

    def snapshot(self) -> dict[str, tuple[int, int, bytes]]:
        """Return mode, owner and content of everything at home."""
        found = {}
        for path in sorted(self.home.rglob("*")):
            status = path.lstat()
            content = path.read_bytes() if path.is_file() else b""
            found[str(path)] = (status.st_mode, status.st_uid, content)
        return found

    @staticmethod
    def places_outside() -> set[str]:
        """Return what lies in shared folders under a name that attacks use."""
        found = set()
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/etc", "/usr/lib"):
            for name in os.listdir(folder):
                if "owned" in name or "pwned" in name or "bomb" in name:
                    found.add(f"{folder}/{name}")
        return found

    def harm(self) -> list[str]:
        """Say what was touched."""
        told = []
        if self.snapshot() != self.before:
            told.append("the home folder was changed")
        if self.places_outside() != self.outside:
            told.append("a file was left outside")
        if self.listener.reached:
            told.append(f"a connection was made: {self.listener.reached}")
        return told
