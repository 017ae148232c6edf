def countdown(n):
    while n:
        yield n
        n -= 1


def naturals():
    n = 0
    while True:
        yield n
        n += 1


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


def with_result():
    yield 1
    return "done"


class Range:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return RangeIterator(self.n)


class RangeIterator:
    def __init__(self, n):
        self.i = 0
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i - 1


def only_even(numbers):
    for n in numbers:
        if n % 2 == 0:
            yield n


def chunks_list(items, size):
    return [items[i : i + size] for i in range(0, len(items), size)]


def squares(items):
    return (i * i for i in items)
