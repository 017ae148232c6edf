import threading
from concurrent.futures import ThreadPoolExecutor


class Counter:
    def __init__(self):
        self.value = 0
        self._lock = threading.Lock()

    def add(self, n):
        for _ in range(n):
            with self._lock:
                self.value += 1


class BlockingQueue:
    def __init__(self):
        self._items = []
        self._ready = threading.Condition()

    def put(self, x):
        with self._ready:
            self._items.append(x)
            self._ready.notify()

    def get(self):
        with self._ready:
            while not self._items:
                self._ready.wait()
            return self._items.pop(0)


def in_background(work, on_done):
    threading.Thread(target=lambda: on_done(work())).start()


def parallel_map(f, items):
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(f, items))


def produce(q, n):
    for i in range(n):
        q.put(i)


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def run(self):
        self.result = self.n**2
