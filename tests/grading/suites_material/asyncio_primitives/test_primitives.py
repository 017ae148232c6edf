import asyncio
import solution as s
def test_gate():
    async def m():
        g = s.Gate(); t = asyncio.create_task(g.wait()); await asyncio.sleep(.02); g.open(); return await t
    assert asyncio.run(m()) == 1
def test_event():
    async def m():
        e = asyncio.Event(); t = asyncio.create_task(s.waits(e)); await asyncio.sleep(.02); e.set(); return await t
    assert asyncio.run(m()) == 1
def test_queue():
    async def m():
        q = asyncio.Queue(); t = asyncio.create_task(s.getq(q)); await asyncio.sleep(.02); q.put_nowait(5); return await t
    assert asyncio.run(m()) == 5
def test_box():
    async def m():
        b = s.Box(); t = asyncio.create_task(b.take()); await asyncio.sleep(.02); b.put(7); return await t
    assert asyncio.run(m()) == 7
def test_many():
    async def m():
        b = s.Box(); ts = [asyncio.create_task(b.take()) for _ in range(5)]; await asyncio.sleep(.02)
        for i in range(5): b.put(i)
        return sorted(await asyncio.gather(*ts))
    assert asyncio.run(m()) == [0,1,2,3,4]
def test_lock():
    async def m():
        lock, log = asyncio.Lock(), []
        await asyncio.gather(*(s.locked(lock, log, n) for n in "ab"))
        return log
    assert asyncio.run(m()) in (["a","a","b","b"], ["b","b","a","a"])
