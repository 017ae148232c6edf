"""The machine's own clock and ids."""

import functools
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

from examengine.core.clock import Reading


class SystemClock:
    """Reads the clocks of the machine."""

    def read(self) -> Reading:
        """Return the time now."""
        return Reading(monotonic=time.monotonic(), asleep=_asleep(), wall=time.time(), boot=_boot())


class RandomIds:
    """Gives ids that begin with the time, so that they sort by age."""

    def new_id(self) -> str:
        """Return a fresh id of 16 characters."""
        return f"{int(time.time()):08x}{uuid.uuid4().hex[:8]}"


def _asleep() -> float:
    """Return the seconds slept since the start of the machine, where it tells."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "darwin":
        # There CLOCK_MONOTONIC goes on during sleep and CLOCK_UPTIME_RAW, which time.monotonic() follows, does not.
        return time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return 0.0


@functools.cache
def _boot() -> str:
    if sys.platform == "linux":
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            pass
    if sys.platform == "darwin":
        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip():
            return asked.stdout.strip()
    # Without a name for the boot, its start to the minute tells two boots apart.
    return f"boot-{round((time.time() - time.monotonic()) / 60)}-{os.uname().nodename}"
