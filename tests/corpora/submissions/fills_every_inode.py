# kind: exhaust
# tries: makes empty files and deep folders until none is left
# expect: failed crashed
# earns: 0

import os
import tempfile

for base in (".", tempfile.gettempdir(), "/dev/shm"):
    try:
        for number in range(60_000):
            os.close(os.open(f"{base}/bomb-{number}", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pass
os.chdir(tempfile.gettempdir())
try:
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
except OSError:
    pass


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
