"""The warm parent: imports what an exercise needs once, then forks judge and candidate per job.

Started by exec with an environment made for it (`python -s -P -c START …`), single-threaded, in a
view of the machine of its own. It never reads a job: each child gets its orders from the
supervisor over its own socket. It tells the supervisor how its children ended, ends whole process
trees, and ends with its owner.
"""

import contextlib
import gc
import importlib
import importlib.util
import os
import pkgutil
import resource
import secrets
import selectors
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from typing import Any

from examengine.grading import framing
from examengine.grading.late_module import keep_for_later
from examengine.grading.sandbox import cgroups, disk, enclosure, kernel, memory, namespaces
from examengine.grading.sandbox.nursery import Cradle, Nursery
from examengine.grading.sandbox.parent import make_setup

_WATCH_SECONDS = 0.05
_GROUP_EXTRA_BYTES = 64 << 20
_GROUP_EXTRA_PROCESSES = 4
_SWEEP_SECONDS = 5.0
_FOR_LIBRARY = {
    "examengine.grading.wire.tables": "pandas",
}
"""Parts of the wire that import a library: loaded only where the library is."""

_ENDED_AND_KEPT = os.WEXITED | os.WNOHANG | os.WNOWAIT

_ROLES: tuple[enclosure.Role, ...] = ("candidate", "judge")


@dataclass(slots=True)
class Child:
    """One fork and what is known of it."""

    role: enclosure.Role
    pid: int
    outer_pid: int
    """As /proc numbers it."""
    cradle: Cradle | None
    ended: bool = False
    killed_for: str | None = None
    group: cgroups.Group | None = None

    def kill(self) -> None:
        """End it and all that it started; harmless when it has ended."""
        if self.group is not None:
            self.group.kill()
        if self.cradle is not None:
            self.cradle.end()
        elif not self.ended and kernel.IS_LINUX:
            # All at once, so that a process that forks and leaves cannot run ahead. Where a filter
            # holds a child in its group nothing is missed; elsewhere the tree and `_sweep` help.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            for pid in memory.tree([self.pid]):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        if not self.ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


@dataclass(slots=True)
class Pair:
    """A judge and a candidate, and the socket on which the supervisor follows them."""

    number: int
    facts: socket.socket
    ends: tuple[socket.socket, ...]
    """The supervisor's ends of facts, judge and candidate sockets, until they are handed over."""
    exchange: str
    children: dict[str, Child] = field(default_factory=dict)
    memory_bytes: int = 0
    file_bytes: int = 0
    processes: int = 0
    handed_over: bool = False

    def kill(self) -> None:
        """End both trees."""
        for child in self.children.values():
            child.kill()


def _is_there(name: str) -> bool:
    """Import a module where that is safe before a fork, and tell whether it can be imported."""
    try:
        if not kernel.IS_LINUX:
            return importlib.util.find_spec(name) is not None
        importlib.import_module(name)
    except ImportError:
        return False
    return True


class NeedsView(Exception):  # noqa: N818 - a request rather than a fault
    """No namespaces can be made here: the owner is to start again inside bubblewrap."""

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        super().__init__("no namespaces can be made here")
        self.missing = missing


class WarmParent:
    """The warm parent's loop. One thread, no shared state."""

    def __init__(self, control: socket.socket, config: dict[str, Any]) -> None:
        self.control = control
        self.pairs: dict[int, Pair] = {}
        self.by_pid: dict[int, tuple[Pair, Child]] = {}
        self.standby: Pair | None = None
        self.keep_standby = bool(config.get("standby", True))
        self.next_number = 1
        modules = [str(name) for name in config["modules"]]
        off = {str(name) for name in config.get("without", ())}
        self.groups, ungrouped = (None, "switched off") if cgroups.NAME in off else (None, "part of Linux")
        if kernel.IS_LINUX and cgroups.NAME not in off:
            self.groups, ungrouped = cgroups.find()  # before the tree goes out of view
        wrapped = config.get("wrapped")
        self.setup = make_setup(
            [name.partition(".")[0] for name in modules],
            config.get("without", ()),
            wrapped=None if wrapped is None else [(str(name), str(reason)) for name, reason in wrapped],
            unwrapped=str(config.get("unwrapped", "")),
        )
        self._try_groups(ungrouped)
        if kernel.IS_LINUX and config.get("may_wrap") and not self.setup.own_root:
            raise NeedsView(self.setup.missing)
        if kernel.IS_LINUX and not self.setup.pid:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        self.nursery = Nursery() if self.setup.pid else None
        self.base = "" if self.setup.own_root else tempfile.mkdtemp(prefix="examengine-")
        if self.base:
            # Passed through by children that are another user; the names inside tell nothing.
            os.chmod(self.base, 0o711)  # noqa: S103
        missing = self._load(modules, [str(name) for name in config.get("optional", ())])
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, None)
        self._watch_children()
        gc.collect()
        gc.freeze()
        self.resident_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        framing.send(
            control,
            {
                "kind": "ready",
                "missing": missing,
                "layers": self.setup.layers(),
                "resident_kib": self.resident_bytes >> 10,
            },
        )
        if self.keep_standby:
            self.standby = self._make_pair()

    def _try_groups(self, reason: str) -> None:
        """Settle whether control groups are used: tried once, so that no grading is lost to them."""
        # Not the process id: in a namespace of its own each warm parent has the same.
        self.group_prefix = f"{cgroups.PREFIX}{secrets.token_hex(6)}"
        if self.groups is not None:
            cgroups.sweep(self.groups)
            try:
                trial = cgroups.Group(self.groups, f"{self.group_prefix}-trial")
                try:
                    trial.bound(memory_bytes=1 << 30, processes=64)
                finally:
                    trial.remove()
            except OSError as error:
                self.groups, reason = None, error.strerror or str(error)
        self.setup = replace(
            self.setup,
            controllers=self.groups.controllers if self.groups else (),
            missing=self.setup.missing
            if self.groups
            else tuple(sorted({**dict(self.setup.missing), cgroups.NAME: reason}.items())),
        )

    def _group(self, number: int, pid: int) -> cgroups.Group | None:
        """Put a candidate into a group of its own, where there are groups."""
        if self.groups is None:
            return None
        group = cgroups.Group(self.groups, f"{self.group_prefix}-{number}")
        try:
            group.take_in(pid)
        except OSError:
            group.remove()
            raise
        return group

    def _load(self, modules: list[str], optional: list[str]) -> list[str]:
        """Import our own parts, then the modules asked for; return those that are not there."""
        for name in ("wire", "judge", "candidate"):
            package = importlib.import_module(f"examengine.grading.{name}")
            for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
                if found.name not in _FOR_LIBRARY:
                    importlib.import_module(found.name)
        importlib.import_module("examengine.grading.child")
        self._load_pytest()
        missing = [name for name in modules if not _is_there(name)]
        for name in optional if kernel.IS_LINUX else ():
            # Elsewhere a fork after such an import can abort: each child imports for itself.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        for name, library in _FOR_LIBRARY.items():
            if library in sys.modules:
                importlib.import_module(name)
            else:
                # A submission may load the library later, where our own files are out of its sight.
                keep_for_later(name)
        for name in ("judge", "candidate"):
            prepare = getattr(sys.modules[f"examengine.grading.{name}.main"], "prepare", None)
            if prepare is not None:
                prepare()
        return missing

    @staticmethod
    def _load_pytest() -> None:
        """Import what pytest itself puts off until its first run, which here is every run."""
        config = importlib.import_module("_pytest.config")
        late = [f"_pytest.{name}" for name in getattr(config, "default_plugins", ())]
        for name in (*late, "_pytest._argcomplete", "_pytest.tracemalloc", "pdb"):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)

    def _watch_children(self) -> None:
        self._woken, waking = socket.socketpair()
        self._waking = waking
        for end in (self._woken, waking):
            end.setblocking(False)
        signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self.selector.register(self._woken, selectors.EVENT_READ, None)

    # Pairs

    def _places(self, pair: Pair, role: str) -> enclosure.Places:
        if self.setup.own_root:
            return enclosure.Places(namespaces.WORK, self.setup.exchange, pair.exchange)
        work = f"{os.path.dirname(pair.exchange)}/{role}"
        return enclosure.Places(work, pair.exchange, pair.exchange)

    def _make_folders(self, number: int) -> str:
        owner = os.geteuid() if self.setup.unprivileged is None else self.setup.unprivileged
        if self.setup.own_root:
            return namespaces.make_exchange(number, owner)
        folder = f"{self.base}/{number}"
        os.mkdir(folder, 0o711)
        for name in (*_ROLES, "exchange"):
            os.mkdir(f"{folder}/{name}", 0o700)
            os.chown(f"{folder}/{name}", owner, -1)
        return f"{folder}/exchange"

    def _make_pair(self) -> Pair:
        number = self.next_number
        self.next_number += 1
        exchange = self._make_folders(number)
        facts, facts_end = socket.socketpair()
        wires = dict(zip(_ROLES, socket.socketpair(), strict=True))
        feeds = {role: socket.socketpair() for role in _ROLES}
        ends = (facts_end, feeds["judge"][1], feeds["candidate"][1])
        pair = Pair(number, facts, ends, exchange)
        self.pairs[number] = pair
        try:
            for role in _ROLES:
                cradle = self.nursery.cradle() if self.nursery else None
                box = enclosure.Enclosure(self.setup, role, self._places(pair, role))
                pid = self.nursery.fork_into(cradle) if self.nursery and cradle else os.fork()
                if pid == 0:
                    from examengine.grading.child import live

                    live(box, feeds[role][0], wires[role])
                child = Child(role, pid, memory.newest_child(), cradle)
                pair.children[role] = child
                self.by_pid[pid] = (pair, child)
                if role == "candidate":
                    child.group = self._group(number, pid)
        except OSError:
            self._forget(pair)
            raise
        finally:
            for role in _ROLES:
                feeds[role][0].close()
                wires[role].close()
        self.selector.register(facts, selectors.EVENT_READ, pair)
        return pair

    def _hand_over(self, order: dict[str, Any]) -> None:
        pair, self.standby = self.standby, None
        if pair is None or any(child.ended for child in pair.children.values()):
            if pair is not None:
                self._forget(pair)
            try:
                pair = self._make_pair()
            except OSError as error:
                framing.send(self.control, {"kind": "refused", "message": str(error)})
                return
        pair.memory_bytes = int(order["memory_bytes"])
        pair.file_bytes = int(order["file_bytes"])
        pair.processes = int(order["processes"])
        try:
            self._bound(pair)
        except OSError as error:
            self._forget(pair)
            framing.send(self.control, {"kind": "refused", "message": str(error)})
            return
        pair.handed_over = True
        framing.send(self.control, {"kind": "pair"}, descriptors=[end.fileno() for end in pair.ends])
        for end in pair.ends:
            end.close()
        pair.ends = ()

    def _bound(self, pair: Pair) -> None:
        """Set the limits of a candidate's group, where it has one."""
        group = pair.children["candidate"].group
        if group is not None:
            # What of our own memory it copies by touching it counts too; its address space is the
            # limit that a submission meets first.
            room = self.resident_bytes + 3 * pair.file_bytes + _GROUP_EXTRA_BYTES
            group.bound(memory_bytes=pair.memory_bytes + room, processes=pair.processes + _GROUP_EXTRA_PROCESSES)
        self._make_ready()

    def _make_ready(self) -> None:
        """Make the next pair before it is asked for: while another works, a core is mostly idle."""
        if self.keep_standby and self.standby is None:
            with contextlib.suppress(OSError):
                self.standby = self._make_pair()

    def _forget(self, pair: Pair) -> None:
        """End what is left of a pair, wait for it, and remove its folders."""
        pair.kill()
        for child in pair.children.values():
            if not child.ended:
                child.killed_for = child.killed_for or enclosure.ENDED_BY_US
                with contextlib.suppress(ChildProcessError):
                    self._report_end(*os.wait4(child.pid, 0))
            if child.cradle is not None:
                child.cradle.await_end()
                child.cradle.close()
            if child.group is not None:
                child.group.remove()
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(pair.facts)
        self._sweep()
        if self.setup.own_root:
            namespaces.drop_exchange(pair.exchange)
        else:
            disk.remove(os.path.dirname(pair.exchange))
        self.pairs.pop(pair.number, None)
        # Last: to the supervisor this end of the stream says that nothing is left.
        for end in (pair.facts, *pair.ends):
            end.close()

    def _sweep(self) -> None:
        """End processes that lost their parent, where no namespace does it: they come to us."""
        if self.setup.pid or not kernel.IS_LINUX:
            return
        give_up = time.monotonic() + _SWEEP_SECONDS
        while time.monotonic() < give_up:
            strays = [pid for pid in memory.own_children() if pid not in self.by_pid]
            if not strays:
                return
            for pid in memory.tree(strays):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            for pid in strays:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    # Events

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._woken.recv(4096):
                pass
        for pid, (_, child) in list(self.by_pid.items()):
            try:
                if child.cradle is None and os.waitid(os.P_PID, pid, _ENDED_AND_KEPT):
                    child.kill()  # before its number, which names its group, is free again
                ended, status, usage = os.wait4(pid, os.WNOHANG)
            except ChildProcessError:
                ended, status, usage = pid, 0, None
            if ended:
                self._report_end(pid, status, usage)

    def _report_end(self, pid: int, status: int, usage: resource.struct_rusage | None) -> None:
        pair, child = self.by_pid.pop(pid)
        child.ended = True
        if child.group is not None and child.killed_for is None and child.group.ran_out_of_memory():
            child.killed_for = "memory"
        child.kill()  # what it started ends with it
        if not pair.handed_over:
            return
        with contextlib.suppress(OSError):
            framing.send(
                pair.facts,
                {
                    "kind": "ended",
                    "role": child.role,
                    "exit_code": os.waitstatus_to_exitcode(status),
                    "killed_for": child.killed_for,
                    "resident_kib": usage.ru_maxrss if usage else 0,
                    "processor_seconds": usage.ru_utime + usage.ru_stime if usage else 0.0,
                },
            )

    def _watch(self) -> None:
        """End candidates that use too much in ways that no limit of one process sees."""
        for pair in self.pairs.values():
            child = pair.children["candidate"]
            if not pair.handed_over or child.ended:
                continue
            roots = [child.outer_pid] + ([child.cradle.init_pid] if child.cradle else [])
            if not self.setup.user and memory.count([child.outer_pid], pair.processes) > pair.processes:
                child.killed_for = "processes"
                child.kill()
            elif memory.exceeds(roots, child.outer_pid, pair.memory_bytes):
                child.killed_for = "memory"
                child.kill()
            elif not self.setup.own_root and self._fills_the_disk(pair):
                child.killed_for = "files"
                child.kill()

    @staticmethod
    def _fills_the_disk(pair: Pair) -> bool:
        base = os.path.dirname(pair.exchange)
        return disk.exceeds([f"{base}/candidate", pair.exchange], pair.file_bytes)

    def _from_supervisor(self, pair: Pair) -> None:
        """The supervisor asks to end a pair, or has closed its end: the same."""
        self._forget(pair)
        self._make_ready()

    def serve(self) -> None:
        """Work until the owner closes the control socket."""
        while True:
            busy = any(pair.handed_over for pair in self.pairs.values())
            ready = self.selector.select(_WATCH_SECONDS if busy else None)
            for key, _events in ready:
                if key.fileobj is self.control:
                    try:
                        order = framing.receive(self.control).header
                    except (EOFError, OSError, framing.FrameError):
                        return
                    self._hand_over(order)
                elif key.fileobj is self._woken:
                    self._reap()
                elif key.data is not None and key.data.number in self.pairs:
                    self._from_supervisor(key.data)
            if busy:
                self._watch()
                self._sweep()

    def close(self) -> None:
        """End every child and remove every folder."""
        for pair in list(self.pairs.values()):
            self._forget(pair)
        if self.base:
            disk.remove(self.base)


def main() -> None:
    """Run a warm parent on the descriptor named by the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(hard, 4096)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    started = time.monotonic()
    try:
        config = framing.receive(control).header
        parent = WarmParent(control, config)
    except (EOFError, BrokenPipeError):
        return
    except NeedsView as request:
        with contextlib.suppress(OSError):
            framing.send(control, {"kind": "unwrapped", "missing": request.missing})
        return
    except BaseException as error:  # noqa: BLE001 - the supervisor needs the reason
        with contextlib.suppress(OSError):
            framing.send(
                control,
                {
                    "kind": "failed",
                    "message": f"{type(error).__name__}: {error}",
                    "seconds": time.monotonic() - started,
                },
            )
        return
    try:
        parent.serve()
    finally:
        parent.close()
