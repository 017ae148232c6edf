"""What the warm parent does once: find out which layers work here, and enter its own view."""

import json
import os
import signal
import site
import socket
import sys
from collections.abc import Callable, Iterable

from examengine.grading.sandbox import bubblewrap, kernel, landlock, namespaces, seatbelt, seccomp, trees
from examengine.grading.sandbox.enclosure import Setup

NAMESPACE_NAMES = ("user", "mount", "pid", "network", "ipc", "uts", "cgroup")
_GROUPS = {"namespaces": (*NAMESPACE_NAMES, bubblewrap.NAME)}


def _in_a_fork(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    """Do something irrevocable in a fork and return what it found; empty where it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            signal.alarm(20)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {}


def _try_namespaces(found: trees.Trees) -> dict[str, object]:
    works: list[str] = []
    reasons: dict[str, str] = {}
    if not namespaces.own_user_namespace():
        return {"works": [], "reasons": {"user": "the system does not let this user make one"}}
    try:
        namespaces.own_process_namespace()
    except OSError as error:
        return {"works": [], "reasons": {"pid": error.strerror or str(error)}}
    try:
        namespaces.enter_parent_root(found)
        works.append("mount")
    except OSError as error:
        reasons["mount"] = error.strerror or str(error)
    for name, flag in namespaces.FLAGS.items():
        if name == "mount":
            continue
        try:
            kernel.unshare(flag)
            works.append(name)
        except OSError as error:
            reasons[name] = error.strerror or str(error)
    try:
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child == 0:
            os._exit(0 if os.getpid() == 1 else 1)
        _, status = os.waitpid(child, 0)
        kernel.setns(own, kernel.CLONE_NEWPID)
        if status == 0:
            works.append("pid")
    except OSError as error:
        reasons["pid"] = error.strerror or str(error)
    try:
        directory = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        user = namespaces.unprivileged_id(())
        if user is not None:
            namespaces.become(user)
        namespaces.enter_user_namespace(directory)
        works.append("user")
    except OSError as error:
        reasons["user"] = error.strerror or str(error)
    return {"works": works, "reasons": reasons}


def _try_seccomp() -> dict[str, object]:
    policy = seccomp.Policy(signals=False, own_root=False, links=False, kept_descriptor=900)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.program(policy, os.getpid()))
    try:
        socket.socket().close()
    except PermissionError:
        return {"works": os.getpid() > 0}
    return {"works": False}


def _try_landlock() -> dict[str, object]:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    version = landlock.restrict(readable=("/dev/null",), runnable=(), writable=())
    try:
        os.listdir("/")
    except PermissionError:
        return {"works": version}
    return {"works": 0}


def _try_seatbelt(granted: tuple[str, ...]) -> dict[str, object]:
    seatbelt.enter(seatbelt.profile(readable=granted, writable=(), links=False))
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1).close()
    except PermissionError:
        return {"works": True}
    except OSError:
        return {"works": False}  # refused by nobody listening, not by the profile
    return {"works": False}


def _setup_elsewhere(found: trees.Trees, off: frozenset[str]) -> Setup:
    granted = trees.grants(found)
    missing = dict.fromkeys((*NAMESPACE_NAMES, "landlock", "seccomp"), "part of Linux")
    works = False
    if sys.platform == "darwin" and "seatbelt" not in off:
        works = bool(_in_a_fork(lambda: _try_seatbelt(granted)).get("works"))
    if not works:
        missing["seatbelt"] = "switched off" if "seatbelt" in off else "the system refused it"
    return Setup(seatbelt=works, granted=granted, missing=tuple(sorted(missing.items())))


def expand(without: Iterable[str]) -> frozenset[str]:
    """Return the layer names meant by `without`, in which `namespaces` stands for all of them."""
    names: set[str] = set()
    for name in without:
        names.update(_GROUPS.get(name, (name,)))
    return frozenset(names)


def make_setup(
    packages: Iterable[str],
    without: Iterable[str] = (),
    wrapped: Iterable[tuple[str, str]] | None = None,
    unwrapped: str = "",
) -> Setup:
    """Find the layers that work here and enter the parent's own namespaces where they do.

    `packages` (importable names) stay visible wherever they are installed. Layers named in
    `without` are not used. `wrapped`: bubblewrap has made a view already, and these namespaces
    could not be made without it, each with the reason. `unwrapped`: why bubblewrap does not help
    where it would have to. Call it in a process with one thread, before the heavy imports.
    """
    off = expand(without)
    missing = dict.fromkeys(sorted(off), "switched off")
    if wrapped is not None:
        missing |= dict(wrapped)
    found = trees.find(packages)
    if not kernel.IS_LINUX:
        return _setup_elsewhere(found, off)
    granted = trees.grants(found)
    essential = (os.__file__, json.__file__, *site.getsitepackages())
    own_root = False
    works: set[str] = set()
    unprivileged: int | None = None
    needed = {"mount", "pid"}
    if not needed & off and wrapped is None:
        trial = _in_a_fork(lambda: _try_namespaces(found))
        reported = trial.get("works", [])
        works = set(reported) - off if isinstance(reported, list) else set()
        reasons = trial.get("reasons", {})
        if isinstance(reasons, dict):
            missing.update({str(k): str(v) for k, v in reasons.items() if k not in missing})
        if needed <= works and namespaces.own_user_namespace():
            namespaces.own_process_namespace()
            namespaces.enter_parent_root(found)
            # Asked in the new root: a home folder closed to others does not hide what is bound.
            unprivileged = namespaces.unprivileged_id(essential)
            own_root = True
    if not own_root:
        works = set()
        for name in NAMESPACE_NAMES:
            missing.setdefault(name, "not used without mount and process namespaces")
        if wrapped is None and unwrapped:
            missing.setdefault(bubblewrap.NAME, unwrapped)
    else:
        missing.pop(bubblewrap.NAME, None)  # nothing for it to add
    confining = 0
    if "landlock" not in off:
        confining = int(str(_in_a_fork(_try_landlock).get("works", 0)))
        if not confining:
            missing["landlock"] = "the kernel does not offer it"
    filtering = False
    if "seccomp" not in off:
        filtering = bool(_in_a_fork(_try_seccomp).get("works"))
        if not filtering:
            missing["seccomp"] = "the kernel or container does not offer it"
    if not own_root:
        unprivileged = namespaces.unprivileged_id(essential)
    return Setup(
        namespaces=tuple(name for name in namespaces.FLAGS if name in works),
        user="user" in works,
        pid=own_root,
        own_root=own_root,
        exchange=namespaces.exchange_place(found) if own_root else "",
        landlock=confining,
        seccomp=filtering,
        unprivileged=unprivileged,
        granted=granted,
        hidden=found.hidden if own_root else (),
        wrapped=wrapped is not None,
        missing=tuple(sorted(missing.items())),
    )
