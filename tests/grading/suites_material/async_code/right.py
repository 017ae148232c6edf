import asyncio


async def fetch(n):
    if n < 0:
        raise ValueError("negative")
    await asyncio.sleep(0.001)
    return 2 * n


async def all_of(delays):
    async def one(d):
        await asyncio.sleep(d)
        return d

    return await asyncio.gather(*(one(d) for d in delays))


async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


class Session:
    open = False

    async def __aenter__(self):
        self.open = True
        return self

    async def __aexit__(self, *exc):
        self.open = False


async def apply(f, x):
    return await f(x)
