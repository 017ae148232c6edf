"""What runs in the processes of a Dask cluster: one grading service in each, closed with it."""

from typing import Any

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

import examengine
from examengine.grading.executors import grade_json
from examengine.grading.grade import GradingService


class GradingOnWorker(WorkerPlugin):
    """Keeps a grading service, with its warm parents, in a worker process for the time of one run."""

    def __init__(self, name: str, version: str) -> None:
        """`name` tells runs apart; `version` is the version that sends the jobs."""
        self.name = name
        self.version = version
        self.service: GradingService | None = None

    def __getstate__(self) -> tuple[str, str]:
        return self.name, self.version

    def __setstate__(self, state: tuple[str, str]) -> None:
        # A service stays where it was made.
        self.name, self.version = state
        self.service = None

    def setup(self, worker: Any) -> None:
        """Begin in a worker, also in one that joins later."""
        del worker
        if self.version != examengine.__version__:
            raise RuntimeError(f"this worker has examengine {examengine.__version__}, not {self.version}")
        self.service = GradingService()

    def teardown(self, worker: Any) -> None:
        """End with the worker or with the run."""
        del worker
        if self.service is not None:
            self.service.close()


class CallOnWorker:
    """Finds the service of the run in the worker that it arrives in."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, job: str, require: str, /) -> str:
        """Grade a job given as text; return the answer as text."""
        plugin = get_worker().plugins.get(self.name)
        if not isinstance(plugin, GradingOnWorker) or plugin.service is None:
            raise RuntimeError("this worker has no grading service")
        return grade_json(plugin.service, job, require)
