import threading
import time

import solution


def test_a_call_back_comes_long_after_the_call_has_ended():
    done = threading.Event()
    got = []

    def on_done(value):
        got.append(value)
        done.set()

    solution.later(0.2, on_done, "x")
    assert done.wait(20)
    assert got == ["x"]


def test_a_timer_calls_more_than_once():
    ticks = []
    enough = threading.Event()

    def tick():
        ticks.append(len(ticks))
        if len(ticks) == 3:
            enough.set()

    ticker = solution.Ticker(0.05, tick)
    ticker.start()
    assert enough.wait(20)
    ticker.stop()
    assert ticks[:3] == [0, 1, 2]


def test_a_waiting_call_ends_by_what_another_thread_brings():
    box = solution.Mailbox()

    def bring():
        time.sleep(0.2)
        box.put("letter")

    bringer = threading.Thread(target=bring)
    bringer.start()
    assert box.get() == "letter"
    bringer.join(20)
    assert not bringer.is_alive()


def test_no_thread_is_left():
    assert threading.active_count() == solution.threads_of_its_own() == 1
