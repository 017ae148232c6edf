# kind: forge
# tries: calls the grader's own run function with a report of its own
# expect: failed error crashed timeout
# earns: 0

import os
import socket

try:
    from examengine.grading.contract import JudgeSpec
    from examengine.grading.judge.main import run_judge

    run_judge(
        socket.socket(fileno=900),
        lambda message: os.write(901, repr(message).encode()),
        os.getcwd(),
        JudgeSpec("solution", ("solution",), ()),
    )
except BaseException:
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
