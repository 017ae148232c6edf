"""Limits of one child, and that nothing of it is left afterwards."""

import json
import os
import textwrap
from pathlib import Path


def test_memory_beyond_the_limit_is_refused_and_below_it_granted(box):
    told = box.run(
        textwrap.dedent("""
        told["small"] = attempt(lambda: len(bytearray(200 << 20)))
        told["large"] = attempt(lambda: len(bytearray(700 << 20)))
        """),
        memory_mib=512,
    )

    assert told["small"] == str(200 << 20)
    assert told["large"].startswith("MemoryError")


FILL = textwrap.dedent("""
    import os
    def fill(path, mebibytes):
        with open(path, "wb", buffering=0) as file:
            for _ in range(mebibytes):
                if file.write(bytes(1 << 20)) != 1 << 20:
                    raise OSError("short")
    """)


def test_one_file_is_bounded(box):
    told = box.run(FILL + 'told["one"] = attempt(lambda: fill("one.bin", 20))', file_mib=8)

    assert told["one"].startswith("OSError")


def test_all_files_together_are_bounded_by_a_file_system_of_their_own(box):
    if not box.has_own_root:
        return
    told = box.run(
        FILL + 'told["many"] = attempt(lambda: [fill(f"{n}.bin", 6) for n in range(4)])',
        file_mib=8,
    )

    assert told["many"].startswith("OSError")


def test_all_files_together_are_bounded_where_no_file_system_of_its_own_does_it(box):
    if box.has_own_root:
        return
    observed = box.observe(
        textwrap.dedent("""
        import time
        for n in range(40):
            with open(f"{n}.bin", "wb", buffering=0) as file:
                file.write(bytes(6 << 20))
        time.sleep(30)
        """),
        file_mib=8,
        seconds=20.0,
    )

    assert observed.exits["candidate"].killed_for == "files"


def test_shared_memory_is_bounded(box):
    told = box.run(
        textwrap.dedent("""
        def fill():
            for n in range(8):
                with open(f"/dev/shm/{n}", "wb", buffering=0) as file:
                    for _ in range(6):
                        if file.write(bytes(1 << 20)) != 1 << 20:
                            raise OSError("short")
        told["shm"] = attempt(fill)
        """),
        file_mib=8,
    )

    assert told["shm"].startswith(("OSError", "PermissionError"))


def test_processor_time_is_bounded(box):
    observed = box.observe("while True:\n    pass", processor_seconds=1, seconds=20.0)

    assert observed.exits["candidate"].exit_code == -24  # SIGXCPU


def test_wall_time_is_bounded_from_outside(box):
    observed = box.observe("import time\nsleep = time.sleep\ntime.monotonic = lambda: 0\nsleep(600)", seconds=0.5)

    assert observed.expired == "submission"


def test_processes_are_bounded(box):
    observed = box.observe(
        textwrap.dedent("""
        import os, time
        made = 0
        try:
            for _ in range(200):
                if os.fork() == 0:
                    time.sleep(30)
                    os._exit(0)
                made += 1
        except OSError as error:
            told["error"] = type(error).__name__
        told["made"] = made
        time.sleep(1)
        """),
        processes=16,
    )

    if box.has("user"):
        told = json.loads(next(one["text"] for one in observed.messages if one["kind"] == "output"))
        assert told["made"] < 20
        assert told["error"] == "BlockingIOError"
    else:
        assert observed.exits["candidate"].killed_for == "processes"


def test_the_sum_of_many_processes_memory_is_bounded(box):
    if not box.has("pid"):
        return
    observed = box.observe(
        textwrap.dedent("""
        import os, time
        for _ in range(6):
            if os.fork() == 0:
                keep = bytearray(os.urandom(1 << 20)) * 150
                time.sleep(30)
                os._exit(0)
        time.sleep(30)
        """),
        memory_mib=300,
        seconds=20.0,
    )

    assert observed.exits["candidate"].killed_for == "memory"


def running_names() -> set[str]:
    names = set()
    for one in Path("/proc").glob("[0-9]*/comm"):
        try:
            names.add(one.read_text().strip())
        except OSError:
            continue
    return names


def _daemon_is_left_of(box) -> bool:
    mark = f"left-over-{os.getpid()}-{box.name}"

    observed = box.observe(
        textwrap.dedent(f"""
        import ctypes, os, time
        ctypes.CDLL(None).prctl(15, b"{mark[-15:]}", 0, 0, 0)
        try:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.closerange(0, 64)
                    time.sleep(60)
                os._exit(0)
        except OSError:
            pass
        time.sleep(0.2)
        """)
    )

    assert not observed.trouble
    return mark[-15:] in running_names()


def test_nothing_of_a_candidate_is_left_when_the_run_has_ended(box):
    assert not _daemon_is_left_of(box)


def test_a_chain_of_forks_that_leave_cannot_run_ahead_of_its_end(box):
    mark = f"chain-{os.getpid()}"[-15:]

    box.observe(
        textwrap.dedent(f"""
        import ctypes, os, signal, time
        libc = ctypes.CDLL(None)
        libc.prctl(15, b"{mark}", 0, 0, 0)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if os.fork() == 0:
            for change in (os.setsid, lambda: os.setpgid(0, 0)):
                try:
                    change()
                except OSError:
                    pass
            while True:
                if libc.fork() != 0:
                    libc._exit(0)
        time.sleep(0.3)
        """)
    )

    assert mark not in running_names()


def test_nothing_is_left_even_where_limits_are_all_there_is(bare_box):
    assert bare_box.isolation.level == "D"
    assert not _daemon_is_left_of(bare_box)


def test_folders_are_gone_when_the_run_has_ended(box):
    told = box.run("import os\ntold['folder'] = os.path.realpath(folder)\nopen('x', 'w').close()")

    if not box.has_own_root:
        assert not Path(told["folder"]).exists()
