"""Seccomp: which system calls a child may make, as a BPF program assembled here.

The program is a list of refusals over the calls that are known; calls newer than `_LAST_KNOWN` do
not exist for the child. Refusals are error codes, so Python raises PermissionError at the place
where the submission asked; only a foreign processor mode kills.
"""

import ctypes
import struct
from dataclasses import dataclass

from examengine.grading.sandbox import kernel

_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _JUMP_SET, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_AUDIT_ARCH = (0xC000003E, 0xC00000B7)
_X32_BIT = 0x40000000
_LAST_KNOWN = 462
_MODE_FILTER = 2

_OFFSET_NUMBER, _OFFSET_ARCH = 0, 4

_PRETEND, _EPERM, _EBADF, _ENOSYS, _EAFNOSUPPORT = 0, 1, 9, 38, 97

_ALWAYS = [
    "socket",
    "connect",
    "accept",
    "accept4",
    "bind",
    "listen",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "pidfd_getfd",
    "kcmp",
    "unshare",
    "setns",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "statmount",
    "listmount",
    "quotactl",
    "quotactl_fd",
    "swapon",
    "swapoff",
    "reboot",
    "sethostname",
    "setdomainname",
    "iopl",
    "ioperm",
    "modify_ldt",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "acct",
    "settimeofday",
    "clock_settime",
    "adjtimex",
    "clock_adjtime",
    "syslog",
    "vhangup",
    "nfsservctl",
    "lookup_dcookie",
    "add_key",
    "request_key",
    "keyctl",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "memfd_create",
    "memfd_secret",
    "fanotify_init",
    "fanotify_mark",
    "name_to_handle_at",
    "open_by_handle_at",
    "migrate_pages",
    "move_pages",
    "shmget",
    "msgget",
    "semget",
    "mq_open",
    "mknod",
    "mknodat",
    "vmsplice",
    "seccomp",
    "capset",
]
_NOT_THERE = ["clone3", "io_setup", "io_uring_setup", "io_uring_enter", "io_uring_register"]
"""The C library falls back to older calls when these do not exist."""
_LINKS = ["symlink", "symlinkat", "link", "linkat"]
_GROUPS = ["setsid", "setpgid"]
"""Where a child's process group is what finds all that it started, nothing may leave the group."""
_OTHERS = [
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "pidfd_send_signal",
    "setpriority",
    "ioprio_set",
    "sched_setparam",
    "sched_setscheduler",
    "sched_setattr",
    "truncate",
]
"""What reaches processes and files outside when no namespace and no own root hides them."""
_ATTRIBUTES = [
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "removexattr",
    "lremovexattr",
    "fremovexattr",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
]
"""Landlock does not guard modes, owners and times; without an own root they change nothing."""

_CLONE_NAMESPACES = 0x7E020000
_PRCTL_REFUSED = (
    kernel.PR_SET_PDEATHSIG,
    kernel.PR_SET_CHILD_SUBREAPER,
    kernel.PR_SET_MM,
    kernel.PR_SET_PTRACER,
)
_IOCTL_REFUSED = (0x5412, 0x541C, 0x540E, 0x8901, 0x8902)
"""TIOCSTI, TIOCLINUX, TIOCSCTTY (terminals); FIOSETOWN, SIOCSPGRP (signals to others)."""
_FCNTL_REFUSED = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: signals to others by way of a descriptor."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one child may do."""

    signals: bool
    """Whether something else (a namespace, Landlock) keeps its signals among its own processes."""
    own_root: bool
    """Whether namespaces already hide other processes and files."""
    links: bool
    """Whether it may make symbolic and hard links (the judge follows what it finds)."""
    kept_descriptor: int | None = None
    """A descriptor that cannot be closed or overwritten: the wire."""


class _Program:
    """BPF instructions under construction; every rule ends in a return or falls through."""

    def __init__(self) -> None:
        self.code: list[tuple[int, int, int, int]] = []

    def load(self, offset: int) -> None:
        self.code.append((_LOAD, 0, 0, offset))

    def argument(self, index: int, *, high: bool = False) -> None:
        self.load(16 + 8 * index + (4 if high else 0))

    def give(self, error: int) -> None:
        self.code.append((_RETURN, 0, 0, _ERRNO | error))

    def refuse(self, names: list[str], error: int) -> None:
        for name in names:
            call = kernel.number(name)
            if call is not None:
                self.code.append((_JUMP_EQUAL, 0, 1, call))
                self.give(error)

    def when(self, name: str, rule: "_Program") -> None:
        """Run `rule` for one call; the call is allowed where the rule falls through."""
        call = kernel.number(name)
        if call is None:
            return
        rule.code.append((_RETURN, 0, 0, _ALLOW))
        self.code.append((_JUMP_EQUAL, 0, len(rule.code), call))
        self.code.extend(rule.code)

    def assembled(self) -> bytes:
        return b"".join(struct.pack("=HBBI", *one) for one in self.code)


def _refuse_values(index: int, values: tuple[int, ...], error: int) -> _Program:
    rule = _Program()
    rule.argument(index)
    for value in values:
        rule.code.append((_JUMP_EQUAL, 0, 1, value))
        rule.give(error)
    return rule


def _allow_values(index: int, values: tuple[int, ...], error: int) -> _Program:
    rule = _Program()
    rule.argument(index)
    for value in values:
        rule.code.append((_JUMP_EQUAL, 0, 1, value))
        rule.code.append((_RETURN, 0, 0, _ALLOW))
    rule.give(error)
    return rule


def _clone() -> _Program:
    rule = _Program()
    rule.argument(0)
    rule.code.append((_JUMP_SET, 0, 1, _CLONE_NAMESPACES | kernel.CLONE_NEWTIME))
    rule.give(_EPERM)
    return rule


def _close_range(kept: int) -> _Program:
    """Refuse a range that holds `kept`: first <= kept <= last."""
    rule = _Program()
    rule.argument(0)
    rule.code.append((_JUMP_GREATER, 3, 0, kept))  # begins above: allowed
    rule.argument(1)
    rule.code.append((0x35, 0, 1, kept))  # last >= kept
    rule.give(_ENOSYS)
    return rule


def program(policy: Policy, pid: int) -> bytes:
    """Assemble the filter for a process whose own id (as it sees it) is `pid`.

    Raises:
        OSError: this machine's call numbers are not known.
    """
    if kernel.FAMILY is None:
        raise OSError(95, f"seccomp is not set up for {kernel.MACHINE}")
    top = _Program()
    top.load(_OFFSET_ARCH)
    top.code.append((_JUMP_EQUAL, 1, 0, _AUDIT_ARCH[kernel.FAMILY]))
    top.code.append((_RETURN, 0, 0, _KILL_PROCESS))
    top.load(_OFFSET_NUMBER)
    top.code.append((_JUMP_GREATER, 0, 1, _LAST_KNOWN))  # the x32 mode lies above, too
    top.give(_ENOSYS)
    top.refuse(_ALWAYS, _EPERM)
    top.refuse(_NOT_THERE, _ENOSYS)
    if not policy.links:
        top.refuse(_LINKS, _EPERM)
    if not policy.own_root:
        top.refuse(_OTHERS, _EPERM)
        top.refuse(_GROUPS, _PRETEND)
        top.refuse(_ATTRIBUTES, _PRETEND)
        if policy.signals:
            # Landlock lets none of these through, and the call reports success all the same.
            top.when("kill", _refuse_values(0, (0xFFFFFFFF,), _EPERM))
        else:
            top.when("kill", _allow_values(0, (pid, 0), _EPERM))
            top.when("tgkill", _allow_values(0, (pid,), _EPERM))
        top.when("sched_setaffinity", _allow_values(0, (pid, 0), _EPERM))
        top.when("fcntl", _refuse_values(1, _FCNTL_REFUSED, _EPERM))
    top.when("prlimit64", _allow_values(0, (pid, 0), _EPERM))
    top.when("prctl", _refuse_values(0, _PRCTL_REFUSED, _EPERM))
    top.when("ioctl", _refuse_values(1, _IOCTL_REFUSED, _EPERM))
    top.when("socketpair", _allow_values(0, (1,), _EAFNOSUPPORT))
    top.when("personality", _allow_values(0, (0, 0xFFFFFFFF), _EPERM))
    top.when("clone", _clone())
    if policy.kept_descriptor is not None:
        kept = policy.kept_descriptor
        top.when("close", _refuse_values(0, (kept,), _EBADF))
        top.when("dup2", _refuse_values(1, (kept,), _EBADF))
        top.when("dup3", _refuse_values(1, (kept,), _EBADF))
        top.when("close_range", _close_range(kept))
    top.code.append((_RETURN, 0, 0, _ALLOW))
    return top.assembled()


def install(code: bytes) -> None:
    """Put this process and its future children under a filter; no_new_privs must be set.

    Raises:
        OSError: the kernel refused.
    """
    instructions = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(code) // 8, ctypes.addressof(instructions))
    pointer = ctypes.create_string_buffer(header, len(header))
    kernel.prctl(kernel.PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(pointer))
