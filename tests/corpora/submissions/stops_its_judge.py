# kind: damage
# tries: sends SIGSTOP and SIGCONT to parents, groups and near process numbers
# expect: failed crashed
# earns: 0

import os
import signal

for number in (signal.SIGSTOP, signal.SIGTSTP):
    for pid in [os.getppid(), *range(1, os.getpid()), *range(os.getpid() + 1, os.getpid() + 300)]:
        for target in (pid, -pid):
            try:
                if target not in (-1, 0) and abs(target) not in (os.getpid(), os.getpgrp()):
                    os.kill(target, number)
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
