def add(a, b):
    return a - b


def divide(a, b):
    return a // b if b else 0


def is_leap(y):
    return 1 if y % 4 == 0 else 0


def fizz(n):
    return n


def reverse_words(s):
    return s[::-1]
