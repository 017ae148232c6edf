"""Grading on a Dask cluster: the connection, its workers, and a grader that sends jobs there."""

import contextlib
import logging
import pkgutil
import re
import threading
import time
import uuid
from types import TracebackType
from typing import Any, Final, Self

import examengine
from examengine.core.errors import OperatorError, UsageError
from examengine.grading.executors import ExecutorGrading

_CONNECT_SECONDS: Final = 10
_LOOK_SECONDS: Final = 2.0
_ALONE_SECONDS: Final = 60.0
"""How long to wait for a worker to come back before what is left is called unavailable."""
_RETRIES: Final = 3
_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?(?:[\w.-]+|\[[0-9a-fA-F:.%]+\]):[0-9]{1,5}")


class Cluster:
    """A Dask cluster with a grading service in each worker process, for the time of one run."""

    def __init__(self, client: Any, threads: int) -> None:
        """Begin a run on a connected client whose workers are known to be ours."""
        from examengine.grading.cluster_worker import CallOnWorker, GradingOnWorker

        self.threads = threads
        """How many gradings the workers take at a time."""
        self._client = client
        self._name = f"examengine-{uuid.uuid4().hex[:12]}"
        client.register_plugin(GradingOnWorker(self._name, examengine.__version__), name=self._name)
        self._last_seen = time.monotonic()
        self._ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()
        executor = client.get_executor(pure=False, retries=_RETRIES)
        self.grader = ExecutorGrading(executor, CallOnWorker(self._name), self._is_lost)

    @classmethod
    def open(cls, address: str) -> Self:
        """Connect to a scheduler.

        Raises:
            OperatorError: it cannot be reached, or its workers cannot grade for us.
            UsageError: dask.distributed is not installed here, or the address is none.
        """
        if not _ADDRESS.fullmatch(address):
            raise UsageError(f"{address!r} is not the address of a scheduler", hint="as in tcp://127.0.0.1:8786")
        try:
            import dask
            import distributed
        except ImportError as error:
            raise UsageError("--cluster needs dask.distributed", hint="pip install 'examengine[cluster]'") from error
        for name in ("distributed", "tornado", "concurrent.futures"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters comes back as a sentence
        connect: Any = distributed.Client
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        try:
            client: Any = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except Exception as error:
            raise OperatorError(
                f"the cluster at {address} cannot be reached", hint="is its scheduler running?"
            ) from error
        try:
            return cls(client, _checked_threads(client, address))
        except BaseException:
            client.close(timeout=_CONNECT_SECONDS)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the run: the workers close their services, the cluster goes on."""
        if self._ended.is_set():
            return
        self._ended.set()
        with contextlib.suppress(Exception):  # the cluster may be gone, and its services with it
            self._client.unregister_worker_plugin(self._name)
        self._client.close(timeout=_CONNECT_SECONDS)

    def _look(self) -> None:
        """Note when a worker was last there."""
        while not self._ended.wait(_LOOK_SECONDS):
            with contextlib.suppress(Exception):  # whatever the connection raises means that nobody was seen
                if self._client.nthreads():
                    self._last_seen = time.monotonic()

    def _is_lost(self) -> bool:
        return self._ended.is_set() or time.monotonic() - self._last_seen > _ALONE_SECONDS


def _checked_threads(client: Any, address: str) -> int:
    """Return how many threads the workers have together.

    Raises:
        OperatorError: there is no worker, or one lacks examengine or has another version.
    """
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        found: dict[str, Any] = client.run(pkgutil.resolve_name, "examengine:__version__", on_error="return")
        threads = int(sum(client.nthreads().values()))
    except Exception as error:
        raise OperatorError(f"the cluster at {address} has no worker", hint="start one with 'dask worker'") from error
    for worker, version in sorted(found.items()):
        if isinstance(version, ImportError | AttributeError):
            raise OperatorError(
                f"worker {worker} has no examengine", hint="install the same version of it on every worker"
            )
        if isinstance(version, BaseException):
            raise OperatorError(f"worker {worker} does not answer", hint="end it, or try again")
        if version != examengine.__version__:
            raise OperatorError(
                f"worker {worker} has examengine {version}, and this is {examengine.__version__}",
                hint="install the same version on every worker",
            )
    return max(1, threads)
