import asyncio
import inspect
import time
import unittest

import pytest

import solution
from solution import Bus, Pool, RateLimiter, crawl, gather_all, ticker, with_timeout


def test_simple_run():
    assert asyncio.run(solution.add_later(1, 2)) == 3
    assert inspect.iscoroutinefunction(solution.add_later)
    assert asyncio.iscoroutinefunction(solution.add_later)


def test_coroutine_object():
    c = solution.add_later(1, 2)
    assert inspect.isawaitable(c)
    assert asyncio.iscoroutine(c)
    assert asyncio.run(c) == 3


def test_gather_in_the_test():
    async def main():
        return await asyncio.gather(*(solution.add_later(i, i) for i in range(5)))

    assert asyncio.run(main()) == [0, 2, 4, 6, 8]


def test_gather_in_the_solution_with_coroutines_of_the_test():
    order = []

    async def job(name, delay):
        await asyncio.sleep(delay)
        order.append(name)
        return name

    assert asyncio.run(gather_all([job("a", 0.03), job("b", 0.01)])) == ["a", "b"]
    assert order == ["b", "a"]


def test_concurrency_is_real():
    async def main():
        start = time.perf_counter()
        await asyncio.gather(*(solution.nap(0.1) for _ in range(10)))
        return time.perf_counter() - start

    assert asyncio.run(main()) < 0.9


def test_timeout():
    async def slow():
        await asyncio.sleep(5)

    async def quick():
        return "ok"

    assert asyncio.run(with_timeout(quick(), 1)) == "ok"
    assert asyncio.run(with_timeout(slow(), 0.05)) == "timed out"
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(asyncio.wait_for(solution.nap(5), 0.05))


def test_exceptions():
    with pytest.raises(solution.CrawlError, match="no such page"):
        asyncio.run(crawl({}, "start"))


def test_callback_fetcher():
    pages = {"start": ["a", "b"], "a": ["b"], "b": []}
    assert asyncio.run(crawl(pages, "start")) == {"start", "a", "b"}


def test_async_generator():
    async def main():
        return [n async for n in ticker(3)]

    assert asyncio.run(main()) == [0, 1, 2]
    assert inspect.isasyncgenfunction(ticker)


def test_async_generator_asend_and_aclose():
    async def main():
        g = ticker(10)
        first = await g.__anext__()
        second = await anext(g)
        await g.aclose()
        rest = [n async for n in g]
        return first, second, rest

    assert asyncio.run(main()) == (0, 1, [])


def test_async_context_manager():
    async def main():
        pool = Pool(2)
        async with pool as connection:
            inside = pool.free
            name = connection
        return inside, pool.free, name

    assert asyncio.run(main()) == (1, 2, "connection")


def test_async_contextmanager_function():
    log = []

    async def main():
        async with solution.opened(log, "x") as name:
            log.append(name)

    asyncio.run(main())
    assert log == ["open x", "X", "close x"]


def test_bus_with_async_handlers():
    got = []

    async def handler(event):
        got.append(event)

    bus = Bus()
    bus.subscribe("a", handler)
    bus.subscribe("a", handler)
    asyncio.run(bus.publish("a", 1))
    asyncio.run(bus.publish("b", 2))
    assert got == [1, 1]


def test_queue_between_test_and_solution():
    async def main():
        return await solution.produce_and_consume(5)

    assert asyncio.run(main()) == [0, 1, 4, 9, 16]


def test_tasks():
    async def main():
        task = asyncio.create_task(solution.add_later(3, 4))
        await asyncio.sleep(0)
        return await task

    assert asyncio.run(main()) == 7


def test_cancellation():
    async def main():
        log = []
        task = asyncio.create_task(solution.patient(log))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return log

    assert asyncio.run(main()) == ["waiting", "cancelled"]


def test_task_group():
    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(solution.fail_together())
    assert {type(e) for e in caught.value.exceptions} == {ValueError, KeyError}
    assert caught.group_contains(ValueError)


class TestIsolated(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.pool = Pool(1)

    async def test_limit(self):
        async with self.pool:
            self.assertEqual(self.pool.free, 0)
        self.assertEqual(self.pool.free, 1)

    async def test_await(self):
        self.assertEqual(await solution.add_later(5, 6), 11)
        with self.assertRaises(solution.CrawlError):
            await crawl({}, "x")


def test_rate_limiter_uses_given_clock():
    async def main():
        limiter = RateLimiter(2)
        return [await limiter.take() for _ in range(3)]

    assert asyncio.run(main()) == [True, True, False]
