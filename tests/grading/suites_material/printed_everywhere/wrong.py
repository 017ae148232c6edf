import sys
import warnings


class TooHot(UserWarning):
    pass


def say(text):
    sys.stdout.write(text)


def complain(text):
    print(text)


def progress(n):
    print(*range(n))


def raw(text):
    print(text)


def by_descriptor(text, descriptor=1):
    print(text, file=sys.stdout)


def captured(f):
    return ""


def around(f):
    f()


def table(rows):
    print(rows)


def pretty(value):
    print(value)


def binary(data):
    print(data)


def menu():
    input()


def sum_stdin():
    return 0


def read_all():
    return sys.stdin.readlines()


def main(arguments=None):
    print(sys.argv)


def leave(code):
    return code


def work(n):
    print(n)


def old():
    return 1


def heat(degrees):
    warnings.warn("hot", stacklevel=2)
