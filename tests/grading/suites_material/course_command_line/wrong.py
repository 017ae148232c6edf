import sys


def value(greeting):
    return 0


def convert(s):
    return s


def is_valid(s):
    return True


class Jar:
    def __init__(self, capacity=12):
        self.capacity = capacity
        self.size = 0

    def deposit(self, n):
        self.size += n

    def withdraw(self, n):
        self.size -= n


def get_level():
    return int(input())


def guess_target(n):
    return n


def main():
    print("meow")


main()
