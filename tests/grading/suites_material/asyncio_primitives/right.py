import asyncio
class Gate:
    def __init__(self): self.e = asyncio.Event()
    async def wait(self): await self.e.wait(); return 1
    def open(self): self.e.set()
async def waits(ev): await ev.wait(); return 1
async def getq(q): return await q.get()
class Box:
    def __init__(self): self.q = asyncio.Queue()
    async def take(self): return await self.q.get()
    def put(self, x): self.q.put_nowait(x)
async def locked(lock, log, name):
    async with lock:
        log.append(name); await asyncio.sleep(0.005); log.append(name)
