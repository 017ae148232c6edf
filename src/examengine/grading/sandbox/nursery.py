"""A small process that makes process namespaces for the warm parent, one for each child.

The first process of a namespace reaps orphans and takes everything in it along when it ends. It is
forked from here, before the libraries are loaded, because a fork of the warm parent costs
milliseconds; the child itself is then forked by the warm parent into the namespace.
"""

import array
import contextlib
import os
import select
import signal
import socket
from typing import NamedTuple, NoReturn

from examengine.grading.sandbox import kernel, memory


class Cradle(NamedTuple):
    """A fresh process namespace: its first process, and the namespace to enter before a fork."""

    init_pid: int
    """As /proc numbers it."""
    init_descriptor: int
    """A pid descriptor: killing through it never hits another process."""
    namespace: int

    def end(self) -> None:
        """Kill everything in the namespace; harmless when it is gone already."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.init_descriptor, signal.SIGKILL)

    def await_end(self, seconds: float = 5.0) -> None:
        """Wait until every process of the namespace is gone: its first one leaves last."""
        select.select([self.init_descriptor], [], [], seconds)

    def close(self) -> None:
        """Forget the descriptors."""
        for descriptor in (self.init_descriptor, self.namespace):
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _be_init() -> NoReturn:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.closerange(0, 4096)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a handler the namespace cannot signal us
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
    while True:
        signal.pause()


def _serve(channel: socket.socket) -> NoReturn:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    while channel.recv(1):
        kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child == 0:
            _be_init()
        namespace = os.open("/proc/self/ns/pid_for_children", os.O_RDONLY | os.O_CLOEXEC)
        kernel.setns(own, kernel.CLONE_NEWPID)
        handle = os.pidfd_open(child)
        rights = array.array("i", (handle, namespace))
        number = memory.newest_child().to_bytes(4, "little")
        channel.sendmsg([number], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        os.close(namespace)
        os.close(handle)
    os._exit(0)


class Nursery:
    """The warm parent's end."""

    def __init__(self) -> None:
        self.channel, other = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.channel.close()
                _serve(other)
            finally:
                os._exit(1)
        other.close()
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        self.channel.send(b".")

    def cradle(self) -> Cradle:
        """Return a fresh process namespace, and have the next one made meanwhile.

        Raises:
            OSError: none could be made.
        """
        text, ancillary, _flags, _address = self.channel.recvmsg(4, socket.CMSG_SPACE(8))
        if len(text) < 4 or not ancillary:
            raise OSError(11, "no process namespace could be made")
        self.channel.send(b".")
        handle, namespace = array.array("i", ancillary[0][2])
        return Cradle(int.from_bytes(text, "little"), handle, namespace)

    def fork_into(self, cradle: Cradle) -> int:
        """Fork this process; the child is born in the namespace. Returns as `os.fork` does."""
        kernel.setns(cradle.namespace, kernel.CLONE_NEWPID)
        try:
            child = os.fork()
        except OSError:
            kernel.setns(self._own, kernel.CLONE_NEWPID)
            raise
        if child != 0:
            kernel.setns(self._own, kernel.CLONE_NEWPID)
        return child
