# kind: exhaust
# tries: writes files without end
# expect: failed crashed
# earns: 0

import tempfile

for number, folder in enumerate([".", tempfile.gettempdir(), "/dev/shm"] * 4):
    try:
        with open(f"{folder}/{number}.bin", "wb", buffering=0) as file:
            for _ in range(200):
                if file.write(bytes(1 << 20)) < 1 << 20:
                    break
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
