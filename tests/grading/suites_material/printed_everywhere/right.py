import argparse
import contextlib
import io
import logging
import os
import pprint
import sys
import warnings

log = logging.getLogger(__name__)


class TooHot(UserWarning):
    pass


def say(text):
    print(text)


def complain(text):
    print("error:", text, file=sys.stderr)


def progress(n):
    for i in range(n):
        print(i, end="..", flush=True)
    print("done", end="")


def raw(text):
    sys.stdout.write(text)
    print(text, text, sep="", end="", file=io.StringIO())
    print("", text, sep="|", end="")


def by_descriptor(text, descriptor=1):
    os.write(descriptor, (text + "\n").encode())


def captured(f):
    f()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print("captured", end="")
    return out.getvalue()


def around(f):
    print("begin")
    f()
    print("end")


def table(rows):
    for name, n in rows:
        print(f"{name:<4}{n:>4}")


def pretty(value):
    pprint.pprint(value)


def binary(data):
    sys.stdout.buffer.write(data)


def menu():
    total = 0
    while True:
        match input("> ").split():
            case ["add", n]:
                total += int(n)
            case ["show"]:
                print(total)
            case ["quit"]:
                print("bye")
                return
            case _:
                print("?")


def sum_stdin():
    return sum(int(line) for line in sys.stdin)


def read_all():
    return sys.stdin.read().split()


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("text")
    options = parser.parse_args(arguments)
    for _ in range(options.times):
        print(options.text)


def leave(code):
    sys.exit(code)


def work(n):
    log.info("working on %s", n)
    log.debug("never seen")
    if n > 2:
        log.warning("large: %s", n)


def old():
    warnings.warn("old function", DeprecationWarning, stacklevel=2)
    return 1


def heat(degrees):
    if degrees > 50:
        warnings.warn(f"{degrees} degrees", TooHot, stacklevel=2)
