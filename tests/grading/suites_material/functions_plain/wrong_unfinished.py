def add(a, b):
    pass


def divide(a, b):
    ...


def is_leap(y):
    raise NotImplementedError


def fizz(n):
    pass


def reverse_words(s):
    pass
