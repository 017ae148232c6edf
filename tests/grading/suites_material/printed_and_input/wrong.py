import sys


def greet(name):
    print("Hello", name)


def complain():
    print("oh no")


def ask_number():
    return int(input("number? "))


def add_two_inputs():
    return int(input("a") + input("b"))


def sum_stdin():
    return len(sys.stdin.read())


def table(n):
    return "1 2\n2 4\n"


def write_report(out):
    print("a,b")


def read_csv(stream):
    return stream.read()


def raw():
    print("raw é")
