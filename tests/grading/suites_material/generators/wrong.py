def countdown(n):
    return [n - i for i in range(n)]


def naturals():
    return iter(range(100))


def averager():
    yield 0


def with_result():
    yield 1


class Range:
    def __init__(self, n):
        self.it = iter(range(n))

    def __iter__(self):
        return self.it


def only_even(numbers):
    return iter([n for n in numbers if n % 2 == 0])


def chunks_list(items, size):
    return []


def squares(items):
    return [i * i for i in items]
