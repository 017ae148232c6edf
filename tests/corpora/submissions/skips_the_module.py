# kind: forge
# tries: skips at import, module level allowed
# expect: failed error crashed
# earns: 0

import pytest

pytest.skip("whole module", allow_module_level=True)


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
