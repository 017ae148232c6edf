"""The limits a submission runs under."""

from pydantic import Field

from examengine.core.model import Model


class Limits(Model):
    """Bounds on one grading of one submission; wall time is measured on the judge's side."""

    seconds: float = Field(default=10.0, gt=0, le=3600)
    """Wall time for the whole submission."""
    test_seconds: float | None = Field(default=None, gt=0, le=3600)
    """Wall time for one test; none means the time left for the submission."""
    memory_mib: int = Field(default=1024, ge=64, le=65536)
    output_kib: int = Field(default=64, ge=1, le=65536)
    file_mib: int = Field(default=64, ge=1, le=65536)
    processes: int = Field(default=64, ge=1, le=4096)
