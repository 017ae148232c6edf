import threading


class Counter:
    def __init__(self):
        self.value = 0

    def add(self, n):
        self.value = n


class BlockingQueue:
    def __init__(self):
        self._items = []

    def put(self, x):
        self._items.append(x)

    def get(self):
        return None


def in_background(work, on_done):
    on_done(None)


def parallel_map(f, items):
    return map(f, items)


def produce(q, n):
    q.put(n)


class Worker:
    def __init__(self, n):
        self.n = n
        self.result = None

    def start(self):
        pass

    def join(self):
        pass
