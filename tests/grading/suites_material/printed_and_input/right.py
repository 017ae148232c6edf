import csv
import sys


def greet(name):
    print(f"Hello, {name}!")


def complain():
    print("oh no", file=sys.stderr)


def ask_number():
    while True:
        text = input("number? ")
        if text.isdigit():
            return int(text)


def add_two_inputs():
    return int(input("a")) + int(input("b"))


def sum_stdin():
    return sum(int(line) for line in sys.stdin)


def table(n):
    for i in range(1, n + 1):
        print(*(i * j for j in range(1, n + 1)))


def write_report(out):
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["a", "b"])
    writer.writerow([1, 2])


def read_csv(stream):
    return list(csv.reader(stream))


def raw():
    sys.stdout.write("raw é")
    sys.stdout.flush()
