import queue
import threading

import pytest

import solution


def test_counter_is_thread_safe():
    c = solution.Counter()
    threads = [threading.Thread(target=c.add, args=(50,)) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert c.value == 400


def test_blocking_queue():
    q = solution.BlockingQueue()
    got = []
    consumer = threading.Thread(target=lambda: got.append(q.get()))
    consumer.start()
    q.put("x")
    consumer.join(30)
    assert got == ["x"]


def test_background_callback():
    done = threading.Event()
    results = []

    def on_done(x):
        results.append(x)
        done.set()

    solution.in_background(lambda: 41 + 1, on_done)
    assert done.wait(30)
    assert results == [42]


def test_parallel_map():
    assert solution.parallel_map(lambda x: x * x, [1, 2, 3]) == [1, 4, 9]


def test_queue_argument():
    q = queue.Queue()
    solution.produce(q, 3)
    assert [q.get_nowait() for _ in range(3)] == [0, 1, 2]
    with pytest.raises(queue.Empty):
        q.get_nowait()


def test_worker_thread():
    w = solution.Worker(5)
    w.start()
    w.join()
    assert w.result == 25
    assert isinstance(w, threading.Thread)
