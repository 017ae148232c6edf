"""Runs the sample tests, which the candidate sees, over the code as it stands."""

from examengine.core.evidence import Evidence
from examengine.delivery.notebook_job import in_cells, is_notebook, response_job
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import Coding, CodingResponse


def run_samples(services: Services, item: Coding, response: CodingResponse) -> Evidence:
    """Return what the sample tests say; blocks until they are through."""
    package = services.store.read_package(item.package_digest)
    files = response.files or item.starter
    if is_notebook(package):
        ready = response_job(package, files, samples=True)
        return in_cells(services.grading.grade(ready.job), ready.files)
    return services.grading.grade(
        GradingJob(
            submission={name: text.encode() for name, text in files.items()},
            tests={name: text.encode() for name, text in item.sample_tests.items()},
            data=package.data,
            requires=item.requires,
            limits=item.limits,
        )
    )
