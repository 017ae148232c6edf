"""Control groups: found where they are ours, bounded, ended and removed; refused elsewhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examengine.core.evidence import Verdict
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob
from examengine.grading.sandbox import cgroups

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="part of Linux")

CONTROL = ("cgroup.procs", "cgroup.subtree_control", "cgroup.controllers", "cgroup.kill", "memory.max")
CONTROL += ("memory.swap.max", "memory.oom.group", "memory.events", "pids.max")


class Tree:
    """A folder that stands for the kernel's tree: every folder in it has the control files."""

    def __init__(self, root, monkeypatch):
        self.root = root
        self.make_real, self.remove_real = os.mkdir, os.rmdir
        monkeypatch.setattr(cgroups.os, "mkdir", self.mkdir)
        monkeypatch.setattr(cgroups.os, "rmdir", self.rmdir)
        monkeypatch.setattr(cgroups.os, "geteuid", lambda: 1000)
        self.fill(root)

    def fill(self, folder):
        for name in CONTROL:
            (folder / name).write_text("")

    def add(self, name, *, controllers="memory pids", enabled="memory pids", writable=True):
        folder = self.root / name
        folder.mkdir(parents=True)
        self.fill(folder)
        (folder / "cgroup.controllers").write_text(controllers)
        (folder / "cgroup.subtree_control").write_text(enabled)
        folder.joinpath("not-ours").touch() if not writable else None
        return folder

    def mkdir(self, name, mode=0o777, *, dir_fd=None):
        self.make_real(name, mode, dir_fd=dir_fd)
        for one in CONTROL:
            os.close(os.open(f"{name}/{one}", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=dir_fd))

    def rmdir(self, name, *, dir_fd=None):
        folder = Path(os.readlink(f"/proc/self/fd/{dir_fd}")) / name
        for one in CONTROL:
            (folder / one).unlink()
        self.remove_real(folder)

    def find(self, own):
        access = os.access

        def mine(path, mode):
            return access(path, mode) and not (Path(path) / "not-ours").exists()

        cgroups.os.access = mine
        try:
            return cgroups.find(f"30 20 0:26 / {self.root} rw - cgroup2 cgroup2 rw\n", f"0::{own}\n")
        finally:
            cgroups.os.access = access


@pytest.fixture
def tree(tmp_path, monkeypatch):
    root = tmp_path / "cgroup"
    root.mkdir()
    (root / "not-ours").touch()
    return Tree(root, monkeypatch)


def test_the_nearest_folder_that_is_ours_and_has_control_is_used(tree):
    tree.add("user.slice", writable=False)
    slice_ = tree.add("user.slice/app.slice")
    tree.add("user.slice/app.slice/terminal.scope", enabled="")
    (slice_ / "terminal.scope" / "cgroup.controllers").write_text("")

    place, reason = tree.find("/user.slice/app.slice/terminal.scope")

    assert reason == ""
    assert place.controllers == ("memory", "pids")
    assert os.readlink(f"/proc/self/fd/{place.descriptor}") == str(slice_)


def test_what_is_not_delegated_is_left_alone(tree):
    tree.add("session.scope", writable=False)

    assert tree.find("/session.scope") == (None, "not delegated to this user")


def test_a_tree_without_memory_and_pids_is_said_to_be(tree):
    tree.add("box", controllers="hugetlb", enabled="")

    assert tree.find("/box") == (None, "without control over memory and processes")


def test_version_one_alone_is_not_used():
    assert cgroups.find("30 20 0:26 / /sys/fs/cgroup rw - cgroup cgroup rw\n", "4:memory:/x\n")[0] is None
    assert "version 2" in cgroups.find("", "")[1]


def test_a_group_is_bounded_filled_ended_and_removed(tree):
    folder = tree.add("mine")
    place, _ = tree.find("/mine")

    group = cgroups.Group(place, "examengine-x-1")
    group.take_in(4711)
    group.bound(memory_bytes=300 << 20, processes=12)
    made = folder / "examengine-x-1"

    assert (made / "cgroup.procs").read_text() == "4711"
    assert (made / "memory.max").read_text() == str(300 << 20)
    assert (made / "memory.swap.max").read_text() == "0"
    assert (made / "pids.max").read_text() == "12"
    assert not group.ran_out_of_memory()
    (made / "memory.events").write_text("low 0\nhigh 0\nmax 7\noom 1\noom_kill 1\n")
    assert group.ran_out_of_memory()
    group.kill()
    assert (made / "cgroup.kill").read_text() == "1"
    group.remove()
    assert not made.exists()


def test_old_empty_groups_are_swept_and_others_are_not(tree):
    folder = tree.add("mine")
    place, _ = tree.find("/mine")
    old, young = (cgroups.Group(place, f"examengine-{name}") for name in ("old", "young"))
    (folder / "other").mkdir()
    for name in ("examengine-old", "other"):
        os.utime(folder / name, (0, 0))

    cgroups.sweep(place)

    assert sorted(one.name for one in folder.iterdir() if one.is_dir()) == ["examengine-young", "other"]
    assert old is not young


def real_place():
    """Return a folder of the real tree where groups can be made, whatever they control, or None."""
    for top in ("/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
        if (Path(top) / "cgroup.procs").exists() and os.access(top, os.W_OK):
            return cgroups.Place(os.open(top, os.O_RDONLY | os.O_DIRECTORY), ())
    return None


def test_a_real_group_ends_all_that_was_started_in_it():
    place = real_place()
    if place is None:
        pytest.skip("no writable control groups of version 2 here")
    try:
        group = cgroups.Group(place, f"examengine-test-{os.getpid()}")
    except OSError as error:
        pytest.skip(f"no group can be made here: {error}")
    started = subprocess.Popen(
        [sys.executable, "-c", "import os, time; input(); os.fork(); os.setsid(); time.sleep(60)"],
        stdin=subprocess.PIPE,
    )
    try:
        group.take_in(started.pid)
        started.stdin.write(b"\n")
        started.stdin.flush()
        give_up = time.monotonic() + 20
        while len(group._read("cgroup.procs").split()) < 2 and time.monotonic() < give_up:
            os.sched_yield()
        group.kill()
        assert started.wait(20) == -9
        while group._read("cgroup.procs").split() and time.monotonic() < give_up:
            os.sched_yield()
        assert group._read("cgroup.procs") == ""
    finally:
        started.kill()
        started.wait()
        started.stdin.close()
        group.remove()
    assert f"examengine-test-{os.getpid()}" not in os.listdir(place.descriptor)
    os.close(place.descriptor)


def test_the_layer_is_reported_with_what_it_bounds_or_why_not():
    job = GradingJob(
        submission={"solution.py": b"x = 1"}, tests={"test_a.py": b"import solution\n\n\ndef test_a():\n    pass\n"}
    )
    with GradingService() as service, GradingService(without=("control-group",)) as without:
        (layer,) = [one for one in service.grade(job).isolation.layers if one.name == "control-group"]
        (off,) = [one for one in without.grade(job).isolation.layers if one.name == "control-group"]

    assert layer.detail
    assert layer.active == (cgroups.find()[0] is not None)
    assert (off.active, off.detail) == (False, "switched off")


def test_groups_of_a_tree_that_is_a_mere_folder_are_used_by_a_warm_parent(tmp_path):
    """End to end over the code of the warm parent, with a tree whose files take anything."""
    patch = f"""
import os, sys
sys.path[len(sys.path):] = [p for p in sys.argv[2:] if p not in sys.path]
from examengine.grading.sandbox import cgroups
root = {str(tmp_path)!r}
names = {CONTROL!r}
mkdir, rmdir, opened = os.mkdir, os.rmdir, os.open
def made(name, mode=0o777, *, dir_fd=None):
    mkdir(name, mode, dir_fd=dir_fd)
    for one in names if str(name).startswith("examengine-") and dir_fd else ():
        os.close(opened(f"{{name}}/{{one}}", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=dir_fd))
os.mkdir = made
log = opened({str(tmp_path / "log")!r}, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
def find():
    return cgroups.Place(opened(root, os.O_RDONLY | os.O_DIRECTORY), ("memory", "pids")), ""
cgroups.find = find
def removed(name, *, dir_fd=None):
    if dir_fd and str(name).startswith("examengine-"):
        bound = opened(f"{{name}}/memory.max", os.O_RDONLY, dir_fd=dir_fd)
        os.write(log, os.read(bound, 99) + b"\\n")
        os.close(bound)
        for one in names:
            os.unlink(f"{{name}}/{{one}}", dir_fd=dir_fd)
    rmdir(name, dir_fd=dir_fd)
os.rmdir = removed
from examengine.grading.zygote import main
main()
"""
    from examengine.grading import warm

    command = warm.start_command

    def patched(control):
        return [patch if one == warm._START else one for one in command(control)]

    service = GradingService()
    made = warm.Warm((), (), patched)
    service._parents[()] = made
    with service:
        evidence = service.grade(
            GradingJob(
                submission={"solution.py": b"x = 1"},
                tests={"test_a.py": b"import solution\n\n\ndef test_a():\n    assert solution.x == 1\n"},
            )
        )

    assert evidence.verdict is Verdict.PASSED
    (layer,) = [one for one in evidence.isolation.layers if one.name == "control-group"]
    assert layer.active
    bounds = (tmp_path / "log").read_text().split()
    assert any(int(one) > 1 << 30 for one in bounds)
    assert [one for one in os.listdir(tmp_path) if one.startswith("examengine-")] == []
