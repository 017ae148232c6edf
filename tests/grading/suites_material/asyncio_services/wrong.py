class CrawlError(Exception):
    pass


def add_later(a, b):
    return a + b


async def gather_all(jobs):
    return [await j for j in jobs]


async def nap(seconds):
    pass


async def with_timeout(job, seconds):
    return "ok"


async def crawl(pages, start):
    return set()


async def ticker(n):
    yield 1


class Pool:
    def __init__(self, size):
        self.free = size


class Bus:
    def subscribe(self, topic, handler):
        pass

    async def publish(self, topic, event):
        pass


async def produce_and_consume(n):
    return []


async def patient(log):
    log.append("x")


async def fail_together():
    raise ValueError


class RateLimiter:
    def __init__(self, n):
        pass
