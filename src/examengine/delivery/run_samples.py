"""Runs code that the candidate asks to see run: the sample tests, or a scratch cell beside the solution."""

import re
import threading
from collections.abc import Callable, Iterable

from examengine.core.evidence import Evidence, TestOutcome
from examengine.delivery.notebook_job import in_cells, is_notebook, response_job
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob
from examengine.grading.scratch import ScratchRun
from examengine.itemtypes.coding.model import Coding, CodingResponse

SCRATCH_START = "from solution import *\n\n"
"""What a scratch cell holds at first: the names of the solution are there, and lines count as they are seen."""


def run_samples(
    services: Services,
    item: Coding,
    response: CodingResponse,
    *,
    cancel: threading.Event | None = None,
    on_output: Callable[[str], None] | None = None,
    on_progress: Callable[[TestOutcome], None] | None = None,
) -> Evidence:
    """Return what the sample tests say; blocks until they are through or `cancel` is set, by any thread.

    `on_output` gets printed text and `on_progress` outcomes as they come, on this thread.
    """
    package = services.store.read_package(item.package_digest)
    files = response.files or item.starter
    if is_notebook(package):
        ready = response_job(package, files, samples=True)
        evidence = services.grading.grade(ready.job, cancel=cancel, on_output=on_output, on_progress=on_progress)
        return in_cells(evidence, ready.files)
    job = GradingJob(
        submission={name: text.encode() for name, text in files.items()},
        tests={name: text.encode() for name, text in item.sample_tests.items()},
        data=package.data,
        requires=item.requires,
        limits=item.limits,
    )
    return services.grading.grade(job, cancel=cancel, on_output=on_output, on_progress=on_progress)


def run_scratch(
    services: Services,
    item: Coding,
    response: CodingResponse,
    code: str,
    *,
    cancel: threading.Event | None = None,
    on_output: Callable[[str], None] | None = None,
) -> ScratchRun:
    """Run a scratch cell beside the candidate's files, in the sandbox; a last expression is shown."""
    package = services.store.read_package(item.package_digest)
    files = {name: text.encode() for name, text in (response.files or item.starter).items()}
    run = services.grading.run_script(
        files,
        code,
        data=package.data,
        requires=item.requires,
        limits=item.limits,
        cancel=cancel,
        on_output=on_output,
    )
    return run.model_copy(update={"output": _without_folders(run.output, files)})


def _without_folders(text: str, names: Iterable[str]) -> str:
    """Return a traceback whose lines name the candidate's files as the candidate does."""
    own = "|".join(re.escape(name) for name in names)
    return re.sub(rf'File "[^"\n]*/({own})"', r'File "\1"', text)
