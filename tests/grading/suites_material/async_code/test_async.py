import asyncio
import inspect
import time

import pytest

import solution


def test_simple():
    assert asyncio.run(solution.fetch(3)) == 6


def test_is_coroutine_function():
    assert inspect.iscoroutinefunction(solution.fetch)
    assert asyncio.iscoroutinefunction(solution.fetch)


def test_await_inside():
    async def main():
        return await solution.fetch(1) + await solution.fetch(2)

    assert asyncio.run(main()) == 6


def test_gather():
    async def main():
        return await asyncio.gather(solution.fetch(1), solution.fetch(2))

    assert asyncio.run(main()) == [2, 4]


def test_exception():
    with pytest.raises(ValueError, match="negative"):
        asyncio.run(solution.fetch(-1))


def test_concurrent():
    start = time.perf_counter()
    assert asyncio.run(solution.all_of([0.05] * 5)) == [0.05] * 5
    assert time.perf_counter() - start < 0.2


def test_async_generator():
    async def main():
        return [x async for x in solution.ticks(3)]

    assert asyncio.run(main()) == [0, 1, 2]


def test_async_context():
    async def main():
        async with solution.Session() as s:
            return s.open, s

    was_open, session = asyncio.run(main())
    assert was_open
    assert not session.open


def test_async_callback():
    async def double(x):
        await asyncio.sleep(0)
        return 2 * x

    assert asyncio.run(solution.apply(double, 4)) == 8
