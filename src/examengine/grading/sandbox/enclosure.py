"""One child's way into the sandbox: `enter` right after the fork, `seal` once its orders are there.

Between the two it is harmless and idle, so that a child can be made ahead of time. What `seal`
returns is what was really entered; a layer that the parent found to work and that fails now stops
the child, for a verdict never comes from a weaker box than announced.
"""

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from examengine.grading.sandbox import (
    bubblewrap,
    capabilities,
    cgroups,
    kernel,
    landlock,
    limits,
    namespaces,
    seatbelt,
    seccomp,
)

Role = Literal["judge", "candidate"]
Layers = list[tuple[str, bool, str]]
"""Name, whether active, detail."""

ENDED_BY_US = "end of the run"
"""Why a child was killed that had nothing left to do."""

WIRE_DESCRIPTOR = 900
"""Where the wire lives in both children: out of the way of a submission that closes descriptors."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the warm parent found to work here."""

    namespaces: tuple[str, ...] = ()
    """Names in `namespaces.FLAGS` that a child unshares."""
    user: bool = False
    """Whether a child enters a user namespace of its own."""
    pid: bool = False
    """Whether a child is forked into a process namespace of its own."""
    own_root: bool = False
    exchange: str = ""
    """Where in its own root a child finds the folder that it shares with the other."""
    landlock: int = 0
    """The kernel's Landlock version; 0: not used."""
    seccomp: bool = False
    seatbelt: bool = False
    unprivileged: int | None = None
    """The user id that root's children become."""
    granted: tuple[str, ...] = ()
    """Trees that Landlock lets a child read and run."""
    hidden: tuple[str, ...] = ()
    """Folders to cover with an empty one."""
    controllers: tuple[str, ...] = ()
    """What a control group bounds for all processes of a candidate together."""
    wrapped: bool = False
    """Whether bubblewrap has made the warm parent's view."""
    missing: tuple[tuple[str, str], ...] = ()
    """Layers that are not used, each with the reason."""

    def layers(self) -> Layers:
        """Return every layer: what a child enters, and what is missing with the reason."""
        active = [
            *((name, "") for name in ("user",) if self.user),
            *((name, "") for name in ("pid",) if self.pid),
            *((name, "") for name in self.namespaces),
            *((("root", "read-only, without home folders and /proc"),) if self.own_root else ()),
            *(((bubblewrap.NAME, bubblewrap.DETAIL),) if self.wrapped else ()),
            *((("landlock", f"ABI {self.landlock}"),) if self.landlock else ()),
            *((("seccomp", "deny list"),) if self.seccomp else ()),
            *((("seatbelt", "files, network and processes by profile"),) if self.seatbelt else ()),
            *((("privileges", "no capabilities, none to gain"),) if kernel.IS_LINUX else ()),
            *((("account", f"user id {self.unprivileged}"),) if self.unprivileged else ()),
            *(
                ((cgroups.NAME, f"bounds {' and '.join(self.controllers)} of a whole candidate"),)
                if self.controllers
                else ()
            ),
            ("limits", "memory, processor time, file size, descriptors"),
            ("session", "its own, no terminal, no input"),
            ("environment", "made for it, nothing of the caller's"),
        ]
        return [
            *((name, True, detail) for name, detail in active),
            *((name, False, reason) for name, reason in self.missing),
        ]

    @property
    def confines_processes(self) -> bool:
        """Whether namespaces hold the processes that a child starts; else its process group does."""
        return self.pid and self.own_root

    @property
    def scopes_signals(self) -> bool:
        """Whether a child's signals reach none but its own processes, whatever the filter says."""
        return self.confines_processes or self.landlock >= landlock.SCOPED_ABI


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one child, as it will see them."""

    work: str
    exchange: str
    parent_exchange: str
    """The shared folder as the warm parent sees it."""


class Enclosure:
    """The sandbox of the process that makes it, in two steps."""

    def __init__(self, setup: Setup, role: Role, places: Places) -> None:
        self.setup = setup
        self.role = role
        self.places = places
        self._proc_self: int | None = None

    def enter(self) -> None:
        """Leave the parent's session and view of the machine.

        Raises:
            OSError: a layer that the parent found to work was refused.
        """
        with contextlib.suppress(PermissionError):  # already a session's leader
            os.setsid()
        if kernel.IS_LINUX:
            score = "900" if self.role == "candidate" else "500"
            with (
                contextlib.suppress(OSError),
                open("/proc/self/oom_score_adj", "w", encoding="ascii") as file,
            ):
                file.write(score)
        if self.setup.user:
            self._proc_self = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        flags = 0
        for name in self.setup.namespaces:
            flags |= namespaces.FLAGS[name]
        if flags:
            kernel.unshare(flags)
        self._base_bytes = limits.address_space_bytes()
        if self.setup.own_root:
            namespaces.enter_child_root(self.places.parent_exchange, self.places.exchange, self.setup.hidden)

    def seal(self, bounds: limits.ChildLimits, fill: Callable[[], None]) -> Layers:
        """Give up every right; `fill` writes this child's files once the folders are its own.

        Raises:
            OSError: a layer that the parent found to work was refused.
        """
        setup = self.setup
        if setup.own_root:
            owner = os.geteuid() if setup.unprivileged is None else setup.unprivileged
            namespaces.size_scratch(
                mebibytes=bounds.file_mib,
                owner=owner,
                exchange=self.places.exchange if self.role == "candidate" else None,
            )
        if setup.unprivileged is not None:
            namespaces.become(setup.unprivileged)
        if setup.user and self._proc_self is not None:
            namespaces.enter_user_namespace(self._proc_self)
            os.close(self._proc_self)
        os.chdir(self.places.work)
        os.umask(0o022)
        fill()
        if kernel.IS_LINUX:
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        limits.apply(bounds, base_bytes=self._base_bytes, counts_alone=setup.user)
        if kernel.IS_LINUX:
            self._drop_privileges()
        if setup.landlock:
            self._confine_files()
        if setup.seatbelt:
            seatbelt.enter(
                seatbelt.profile(
                    readable=setup.granted,
                    writable=(self.places.work, self.places.exchange),
                    links=self.role == "judge",
                )
            )
        if setup.seccomp:
            policy = seccomp.Policy(
                signals=setup.scopes_signals,
                own_root=setup.confines_processes,
                links=self.role == "judge",
                kept_descriptor=WIRE_DESCRIPTOR,
            )
            seccomp.install(seccomp.program(policy, os.getpid()))
        return setup.layers()

    def _drop_privileges(self) -> None:
        capabilities.drop_all()
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if self.role == "judge" or not (self.setup.own_root or self.setup.landlock):
            # The candidate's stays open where namespaces or Landlock guard it, for the warm
            # parent's watch over its memory.
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)

    def _confine_files(self) -> None:
        own_root = self.setup.own_root
        landlock.restrict(
            readable=(
                *("/dev/urandom", "/dev/random", "/dev/zero"),
                *(("/etc/passwd", "/etc/group") if own_root else ()),
            ),
            runnable=self.setup.granted,
            writable=(
                self.places.work,
                self.places.exchange,
                *("/dev/null", "/dev/full"),
                *((namespaces.SHARED_MEMORY,) if own_root else ()),
            ),
        )
