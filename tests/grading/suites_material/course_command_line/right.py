import random
import re
import sys


def value(greeting):
    g = greeting.strip().lower()
    if g.startswith("hello"):
        return 0
    return 20 if g.startswith("h") else 100


def convert(s):
    m = re.fullmatch(r"(\d+)(?::([0-5]\d))? (AM|PM) to (\d+)(?::([0-5]\d))? (AM|PM)", s)
    if not m:
        raise ValueError("no hours")
    a, b, c, d, e, f = m.groups()

    def one(h, minutes, half):
        h = int(h) % 12 + (12 if half == "PM" else 0)
        return f"{h:02}:{minutes or '00'}"

    return f"{one(a, b, c)} to {one(d, e, f)}"


def is_valid(s):
    return bool(re.fullmatch(r"[A-Z]{2,6}|[A-Z]{2,5}[1-9]\d*", s)) and 2 <= len(s) <= 6


class Jar:
    def __init__(self, capacity=12):
        if capacity < 0:
            raise ValueError("capacity")
        self._capacity, self._size = capacity, 0

    def __str__(self):
        return "🍪" * self._size

    def deposit(self, n):
        if self._size + n > self._capacity:
            raise ValueError("too many")
        self._size += n

    def withdraw(self, n):
        if n > self._size:
            raise ValueError("too few")
        self._size -= n

    @property
    def capacity(self):
        return self._capacity

    @property
    def size(self):
        return self._size


def get_level():
    while True:
        try:
            level = int(input("Level: "))
        except ValueError:
            continue
        if level > 0:
            return level


def guess_target(n):
    return random.randint(1, n)


def main():
    if len(sys.argv) < 2:
        sys.exit("Missing command-line argument")
    if sys.argv[1] == "ask":
        print("hello,", input("Name? "))
        return
    for _ in range(int(sys.argv[1])):
        print("meow")


if __name__ == "__main__":
    main()
