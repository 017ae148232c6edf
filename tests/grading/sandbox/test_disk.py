"""Looking over and removing what a submission wrote, in whatever shape it left it."""

import os

from examengine.grading.sandbox import disk


def deep(folder, levels, name):
    """Make folders below each other, further down than a path can name."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        for _ in range(levels):
            os.mkdir(name)
            os.chdir(name)
        with open("large.bin", "wb") as file:
            file.write(os.urandom(3 << 20))
    finally:
        os.fchdir(before)
        os.close(before)


def test_size_and_number_of_files_are_bounded_over_all_folders(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_bytes(os.urandom(1 << 20))

    both = [str(tmp_path / "a"), str(tmp_path / "b")]
    assert not disk.exceeds(both, 4 << 20)
    assert disk.exceeds(both, (1 << 20) + 1)


def test_too_many_empty_files_are_too_much(tmp_path):
    for number in range(disk.entries_allowed(1 << 20) + 1):
        os.close(os.open(tmp_path / str(number), os.O_CREAT | os.O_WRONLY))

    assert disk.exceeds([str(tmp_path)], 1 << 20)


def test_nothing_hides_where_no_path_reaches(tmp_path):
    (tmp_path / "box").mkdir()
    deep(tmp_path / "box", 40, "d" * 200)

    assert disk.exceeds([str(tmp_path / "box")], 1 << 30)
    disk.remove(str(tmp_path / "box"))
    assert not (tmp_path / "box").exists()


def test_a_tree_deeper_than_the_stack_is_removed(tmp_path):
    (tmp_path / "box").mkdir()
    deep(tmp_path / "box", 1200, "d")

    disk.remove(str(tmp_path / "box"))

    assert not (tmp_path / "box").exists()


def test_links_are_removed_and_not_followed(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("x")
    box = tmp_path / "box"
    (box / "locked").mkdir(parents=True)
    (box / "locked" / "inner").write_text("x")
    (box / "link").symlink_to(tmp_path / "kept")
    (box / "locked" / "up").symlink_to(box)
    os.mkfifo(box / "pipe")
    (box / "locked").chmod(0)

    disk.remove(str(box))
    disk.remove(str(box))

    assert not box.exists()
    assert (tmp_path / "kept" / "file").exists()
