import sys


def main(argv=None):
    numbers = [int(x) for x in (argv or sys.argv)[2:] if x.isdigit()]
    print(sum(numbers))


def guessing_game():
    print("higher")
    print(input())
