def add(a, b):
    return a + b


def divide(a, b):
    return a / b


def is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def fizz(n):
    out = ""
    if n % 3 == 0:
        out += "Fizz"
    if n % 5 == 0:
        out += "Buzz"
    return out or str(n)


def reverse_words(s):
    return " ".join(reversed(s.split()))
