import asyncio
import contextlib


class CrawlError(Exception):
    pass


async def add_later(a, b):
    await asyncio.sleep(0)
    return a + b


async def gather_all(jobs):
    return await asyncio.gather(*jobs)


async def nap(seconds):
    await asyncio.sleep(seconds)


async def with_timeout(job, seconds):
    try:
        return await asyncio.wait_for(job, seconds)
    except asyncio.TimeoutError:
        return "timed out"


async def crawl(pages, start):
    if start not in pages:
        raise CrawlError("no such page")
    seen, todo = set(), [start]
    while todo:
        page = todo.pop()
        if page not in seen:
            seen.add(page)
            await asyncio.sleep(0)
            todo += pages[page]
    return seen


async def ticker(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


class Pool:
    def __init__(self, size):
        self.free = size

    async def __aenter__(self):
        self.free -= 1
        return "connection"

    async def __aexit__(self, *exc):
        self.free += 1


@contextlib.asynccontextmanager
async def opened(log, name):
    log.append(f"open {name}")
    yield name.upper()
    log.append(f"close {name}")


class Bus:
    def __init__(self):
        self.handlers = {}

    def subscribe(self, topic, handler):
        self.handlers.setdefault(topic, []).append(handler)

    async def publish(self, topic, event):
        await asyncio.gather(*(h(event) for h in self.handlers.get(topic, [])))


async def produce_and_consume(n):
    queue, out = asyncio.Queue(), []

    async def produce():
        for i in range(n):
            await queue.put(i)
        await queue.put(None)

    async def consume():
        while (item := await queue.get()) is not None:
            out.append(item * item)

    await asyncio.gather(produce(), consume())
    return out


async def patient(log):
    log.append("waiting")
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        log.append("cancelled")
        raise


async def fail_together():
    async def fail(error):
        raise error

    async with asyncio.TaskGroup() as group:
        group.create_task(fail(ValueError("v")))
        group.create_task(fail(KeyError("k")))


class RateLimiter:
    def __init__(self, n):
        self.left = n

    async def take(self):
        self.left -= 1
        return self.left >= 0
