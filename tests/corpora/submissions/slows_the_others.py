# kind: damage
# tries: lowers limits and priorities of other processes
# expect: failed
# earns: 0

import os
import resource

for pid in [os.getppid(), 1, *range(2, 200)]:
    for action in (lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)) if pid else None,
                   lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
                   lambda: os.sched_setaffinity(pid, {0})):
        try:
            action()
        except (OSError, ValueError):
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
