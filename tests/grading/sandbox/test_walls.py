"""What a submission meets when it reaches beyond its folder, in every way of isolating."""

import os
import textwrap

REFUSALS = (
    "PermissionError",
    "FileNotFoundError",
    "IsADirectoryError",
    "OSError",
    "ProcessLookupError",
)


def refused(text: str) -> bool:
    return text.startswith(REFUSALS)


def test_everything_here_offers_at_least_level_b(box):
    assert box.isolation.level in {"A", "B"}


def test_every_layer_left_out_is_listed_with_its_reason(box):
    inactive = [one for one in box.isolation.layers if not one.active]

    assert all(one.detail for one in inactive)
    if "without_namespaces" in box.name:
        assert {"mount", "pid", "network"} <= {one.name for one in inactive}


def test_no_socket_can_be_made_and_no_address_reached(box):
    told = box.run(
        textwrap.dedent("""
        import ctypes, os, socket
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                told[f"{family.name} {kind.name}"] = attempt(lambda: socket.socket(family, kind))
        told["raw call"] = attempt(lambda: ctypes.CDLL(None).socket(2, 1, 0))
        told["name"] = attempt(lambda: socket.getaddrinfo("example.invalid", 80))
        """)
    )

    assert told.pop("raw call") == "-1"
    assert "gaierror" in told.pop("name")
    assert all(refused(text) for text in told.values()), told


def test_a_pair_of_connected_sockets_is_allowed_because_asyncio_needs_it(box):
    told = box.run("import asyncio\ntold['sum'] = asyncio.run(asyncio.sleep(0, 42))")

    assert told["sum"] == 42


def test_home_system_and_parent_are_out_of_reach(box, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and str(folder) != "/":
            folder.chmod(folder.stat().st_mode | 0o005)
    secret.chmod(0o644)

    told = box.run(
        textwrap.dedent(f"""
        import glob, os
        told["read"] = attempt(lambda: open({str(secret)!r}).read())
        told["write"] = attempt(lambda: open({str(secret)!r}, "w"))
        told["append"] = attempt(lambda: os.open({str(secret)!r}, os.O_WRONLY | os.O_APPEND))
        told["delete"] = attempt(lambda: os.remove({str(secret)!r}))
        told["rename"] = attempt(lambda: os.rename({str(secret)!r}, {str(secret)!r} + "x"))
        told["truncate"] = attempt(lambda: os.truncate({str(secret)!r}, 0))
        told["list"] = attempt(lambda: os.listdir({str(tmp_path)!r}))
        told["shadow"] = attempt(lambda: open("/etc/shadow").read())
        told["keys"] = attempt(lambda: os.listdir("/root/.ssh"))
        told["usr"] = attempt(lambda: open("/usr/lib/pwned", "w"))
        os.chmod  # exists
        told["chmod"] = attempt(lambda: os.chmod({str(secret)!r}, 0o777))
        told["utime"] = attempt(lambda: os.utime({str(secret)!r}, (0, 0)))
        """)
    )

    for name in ("chmod", "utime"):
        told.pop(name)
    assert all(refused(text) for text in told.values()), told
    assert secret.read_text() == "CANARY"
    assert secret.stat().st_mode & 0o777 == 0o644
    assert secret.stat().st_mtime > 0


def test_proc_tells_nothing_of_anybody(box):
    told = box.run(
        textwrap.dedent("""
        import os
        for pid in ("self", "1", str(os.getppid()), str(os.getpid())):
            for name in ("environ", "cmdline", "maps", "mem", "fd", "cwd", "root"):
                told[f"{pid} {name}"] = attempt(
                    lambda: os.listdir(f"/proc/{pid}/{name}") if name == "fd"
                    else open(f"/proc/{pid}/{name}", "rb").read(10))
        """)
    )

    assert all(refused(text) for text in told.values()), told


def test_the_environment_is_made_and_holds_nothing_of_the_caller(box, monkeypatch):
    told = box.run("import os\ntold.update(os.environ)")

    assert told["HOME"] == told["TMPDIR"]
    assert {"PATH", "LANG", "PYTHONHASHSEED"} <= set(told)
    caller = {value for value in os.environ.values() if len(value) > 12}
    assert not caller & {value for name, value in told.items() if name != "PATH"}


def test_our_own_package_with_its_banks_is_hidden(box):
    import examengine

    folder = os.path.dirname(examengine.__file__)
    told = box.run(
        textwrap.dedent(f"""
        import os
        told["list"] = attempt(lambda: os.listdir({folder!r}))
        told["read"] = attempt(lambda: open({folder!r} + "/__init__.py").read())
        """)
    )

    assert refused(told["read"])
    assert refused(told["list"]) or told["list"] == "[]"


def test_the_standard_library_can_still_be_imported(box):
    told = box.run(
        textwrap.dedent("""
        import colorsys, zoneinfo, wave, sqlite3, csv
        told["zone"] = str(zoneinfo.ZoneInfo("Europe/Berlin"))
        told["sql"] = sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0]
        """)
    )

    assert told == {"zone": "Europe/Berlin", "sql": 42}


def test_judges_folder_is_not_the_candidates(box):
    told = box.run(
        textwrap.dedent("""
        import os
        told["here"] = sorted(os.listdir("."))
        told["found"] = []
        for base in (folder, os.path.dirname(folder), os.environ["TMPDIR"], "/box", "/box/pairs"):
            for here, _, names in os.walk(base):
                told["found"] += [name for name in names if name == "hidden.py"]
        """)
    )

    assert told == {"here": ["probe.py"], "found": []}


def test_what_one_writes_in_the_shared_folder_the_other_reads(box):
    observed = box.observe(
        textwrap.dedent("""
        import os
        path = os.path.join(os.environ["TMPDIR"], "note.txt")
        open(path, "w").write("from the candidate")
        told["path"] = path
        """)
    )

    assert observed.is_done
    assert box.run("import tempfile\ntold['x'] = tempfile.gettempdir()")["x"]


def test_candidates_cannot_make_links_and_special_files(box):
    told = box.run(
        textwrap.dedent("""
        import os, stat
        base = os.environ["TMPDIR"]
        open(base + "/a", "w").close()
        told["symlink"] = attempt(lambda: os.symlink("/etc/passwd", base + "/link"))
        told["link"] = attempt(lambda: os.link(base + "/a", base + "/b"))
        told["fifo"] = attempt(lambda: os.mkfifo(base + "/pipe"))
        told["device"] = attempt(lambda: os.mknod(base + "/disk", stat.S_IFBLK, 0x800))
        """)
    )

    assert all(refused(text) for text in told.values()), told


def test_other_processes_cannot_be_signalled_traced_or_slowed(box):
    told = box.run(
        textwrap.dedent(f"""
        import ctypes, os, resource, signal
        libc = ctypes.CDLL(None, use_errno=True)
        for name, pid in (("tester", {os.getpid()}), ("parent", os.getppid() or 1), ("init", 1)):
            told["kill " + name] = attempt(lambda: os.kill(pid, signal.SIGCONT))
            told["ptrace " + name] = "-1" if libc.ptrace(16, pid, 0, 0) else "0"
            told["limit " + name] = attempt(lambda: resource.prlimit(pid, resource.RLIMIT_CPU))
        told["kill all"] = attempt(lambda: os.kill(-1, signal.SIGCONT))
        """)
    )

    own_view = box.has("pid")
    for name in ("kill parent", "kill init", "kill all"):
        # In a process namespace of its own there is nobody to hit: the call may then succeed.
        if own_view:
            told.pop(name)
    limits = [told.pop(name) for name in list(told) if name.startswith("limit")]
    assert all(refused(text) for text in limits), limits
    assert all(refused(text) or text == "-1" for text in told.values()), told


def test_no_right_can_be_regained(box):
    told = box.run(
        textwrap.dedent("""
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for name, flag in (("user", 0x10000000), ("mount", 0x20000), ("pid", 0x20000000)):
            told["unshare " + name] = str(libc.unshare(flag))
        told["mount"] = str(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None))
        told["umount"] = str(libc.umount2(b"/tmp", 2))
        told["chroot"] = attempt(lambda: os.chroot("."))
        told["setuid"] = attempt(lambda: os.setuid(0) if os.getuid() else 1 / 0)
        told["groups"] = attempt(lambda: os.setgroups([0]))
        told["pivot"] = str(libc.syscall(155, b".", b"."))
        told["keyring"] = str(libc.syscall(250, 0, -3, 0))
        told["bpf"] = str(libc.syscall(321, 0, 0, 0))
        told["io_uring"] = str(libc.syscall(425, 8, 0))
        told["memfd"] = attempt(lambda: os.memfd_create("x"))
        told["reboot"] = str(libc.syscall(169, 0, 0, 0, 0))
        """)
    )

    told.pop("setuid") if told.get("setuid", "").startswith("ZeroDivision") else None
    assert all(text == "-1" or refused(text) for text in told.values()), told


def test_no_descriptor_but_the_wire_is_open(box):
    told = box.run(
        textwrap.dedent("""
        import os
        told["open"] = []
        for descriptor in range(4096):
            try:
                os.fstat(descriptor)
            except OSError:
                continue
            told["open"].append(descriptor)
        """)
    )

    assert told["open"] == [0, 1, 2, 900]


def test_the_wire_survives_a_submission_that_closes_descriptors(box):
    told = box.run(
        textwrap.dedent("""
        import os
        os.closerange(3, 4096)
        for descriptor in (900, 901):
            try:
                os.close(descriptor)
            except OSError:
                pass
        try:
            os.dup2(2, 900)
        except OSError:
            pass
        told["still"] = "here"
        """)
    )

    assert told == {"still": "here"}


def test_processes_and_threads_may_be_started(box):
    told = box.run(
        textwrap.dedent("""
        import os, threading
        def child():
            pid = os.fork()
            if pid == 0:
                os._exit(7)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        told["fork"] = attempt(child)
        seen = []
        thread = threading.Thread(target=seen.append, args=(1,))
        thread.start()
        thread.join()
        told["thread"] = seen
        """)
    )

    assert told["thread"] == [1]
    assert told["fork"] == "7"


def test_a_process_signals_its_own_children_and_nobody_else(box):
    told = box.run(
        textwrap.dedent(f"""
        import os, signal, subprocess, sys
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
        child.terminate()
        told["own"] = child.wait()
        told["tester"] = attempt(lambda: os.kill({os.getpid()}, 0))
        told["group"] = attempt(lambda: os.killpg({os.getpgid(0)}, 0))
        """)
    )

    assert told["own"] == -15
    assert refused(told["tester"]) and refused(told["group"]), told


def test_the_judge_is_walled_in_as_well(box, tmp_path):
    told = box.run(
        textwrap.dedent("""
        import os, socket
        told["socket"] = attempt(lambda: socket.socket())
        told["shadow"] = attempt(lambda: open("/etc/shadow").read())
        told["environ"] = attempt(lambda: open("/proc/self/environ").read())
        told["usr"] = attempt(lambda: open("/usr/lib/pwned", "w"))
        """),
        role="judge",
    )

    assert all(refused(text) for text in told.values()), told


def test_a_candidate_that_dies_is_told_with_its_signal(box):
    observed = box.observe("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")

    assert observed.exits["candidate"].exit_code == -11


def test_abort_is_told_as_abort(box):
    observed = box.observe("import os\nos.abort()")

    assert observed.exits["candidate"].exit_code == -6


def test_an_exit_code_is_told(box):
    observed = box.observe("import os\nos._exit(3)")

    assert observed.exits["candidate"].exit_code == 3
