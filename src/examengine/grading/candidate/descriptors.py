"""What is written straight to descriptors 1 and 2: by `os.write`, by C code, by started processes."""

import contextlib
import fcntl
import os
import resource
import tempfile

from examengine.grading.candidate.streams import PrintedText

_HIGH_DESCRIPTOR = 900
_BELOW_LIMIT = 32
_MOST_AT_ONCE = 1 << 20


class DirectOutput:
    """Puts a nameless file behind each descriptor; a file never makes the writer wait."""

    def __init__(self, folder: str, streams: tuple[PrintedText, PrintedText]) -> None:
        self._files: list[tuple[int, PrintedText]] = []
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        high = (
            _HIGH_DESCRIPTOR if soft == resource.RLIM_INFINITY else max(3, min(_HIGH_DESCRIPTOR, soft - _BELOW_LIMIT))
        )
        for number, stream in enumerate(streams, start=1):
            with contextlib.suppress(OSError, ValueError), tempfile.TemporaryFile(dir=folder) as made:
                file = fcntl.fcntl(made.fileno(), fcntl.F_DUPFD_CLOEXEC, high)
                # Whoever else still writes does so at the end, wherever the file has been cut.
                fcntl.fcntl(file, fcntl.F_SETFL, fcntl.fcntl(file, fcntl.F_GETFL) | os.O_APPEND)
                os.dup2(file, number)
                self._files.append((file, stream))

    def collect(self) -> None:
        """Hand what has come since the last time to the streams that are sent."""
        for file, stream in self._files:
            try:
                size = os.fstat(file).st_size
                if size == 0:
                    continue
                data = os.pread(file, min(size, _MOST_AT_ONCE), 0)
                os.ftruncate(file, 0)
            except OSError:
                # The submission closed it; what it writes there is lost, as it would be anywhere.
                self._files = []
                return
            stream.write(data.decode("utf-8", "replace"))
