"""One submission or many, in every common layout; and what is refused before anything is run."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from delivery.batches import RIGHT, a_zip, write_tree
from examengine.core.errors import UsageError
from examengine.delivery.find_submissions import find_submissions
from examengine.delivery.read_submission import Unreadable, choose_files, read_place, read_zip

MODULES = ["solution"]


def chosen(source, **options):
    return choose_files(source.read(), "solution", **options)


def mains(found) -> dict[str, str]:
    """Name of each submission to the file that is graded, or to why there is none."""
    told = {}
    for source in found.sources:
        try:
            told[source.name] = chosen(source, wanted_folders=["hw1"]).main
        except Unreadable as error:
            told[source.name] = str(error)
    return told


def test_a_file_is_one_submission(tmp_path):
    write_tree(tmp_path, {"alice.py": RIGHT})
    found = find_submissions(tmp_path / "alice.py", MODULES)
    assert not found.is_batch
    assert chosen(found.sources[0]).files == {"solution.py": RIGHT.encode()}


def test_a_file_named_by_hand_is_source_whatever_its_name_ends_in(tmp_path):
    write_tree(tmp_path, {"answer.txt": RIGHT})
    (source,) = find_submissions(tmp_path / "answer.txt", MODULES).sources
    assert list(chosen(source).files) == ["solution.py"]


def test_a_folder_with_the_main_file_at_its_top_is_one_submission(tmp_path):
    write_tree(tmp_path, {"solution.py": RIGHT, "tools/__init__.py": "", "tools/more.py": "x = 1"})
    found = find_submissions(tmp_path, MODULES)
    assert not found.is_batch
    assert set(chosen(found.sources[0]).files) == {"solution.py", "tools/__init__.py", "tools/more.py"}


def test_common_layouts_give_one_submission_for_each_entry(tmp_path):
    write_tree(
        tmp_path,
        {
            "alice.py": RIGHT,
            "bob/solution.py": RIGHT,
            "carol/hw1/solution.py": RIGHT,
            "carol/hw1/timestamp.txt": "2026-01-01",
            "dora/hw1/solution.py": RIGHT,
            "dora/hw2/solution.py": RIGHT,
            "Eva Fox_12345_assignsubmission_file_/my answer.py": RIGHT,
            "Finn_77_assignsubmission_file_answer.py": RIGHT,
            "gina.zip": a_zip({"work/solution.py": RIGHT, "__MACOSX/._solution.py": b"\0"}),
            "hugo/upload.zip": a_zip({"solution.py": RIGHT}),
            "ines/Solution.py": RIGHT,
            "jan/solution/__init__.py": RIGHT,
            "kim/nb.ipynb": "{}",
            "lea/solution.py": RIGHT,
            "lea/.git/config": "x",
            "lea/venv/pyvenv.cfg": "x",
            "lea/venv/lib/much.py": "x",
            "mia.PY": RIGHT,
            "noa/Solution.PY": RIGHT,
            "marks.csv": "a,b",
            "README.md": "read me",
        },
    )
    found = find_submissions(tmp_path, MODULES)
    assert found.is_batch
    assert mains(found) == {
        "Eva Fox_12345": "my answer.py",
        "Finn_77": "Finn_77_assignsubmission_file_answer.py",
        "alice": "alice.py",
        "bob": "solution.py",
        "carol": "hw1/solution.py",
        "dora": "hw1/solution.py",
        "gina": "work/solution.py",
        "hugo": "solution.py",
        "ines": "Solution.py",
        "jan": "solution/__init__.py",
        "kim": "nb.ipynb",
        "lea": "solution.py",
        "mia": "mia.PY",
        "noa": "Solution.PY",
    }
    assert found.passed_over == ("README.md", "marks.csv")
    lea = next(source for source in found.sources if source.name == "lea")
    assert set(lea.read()) == {"solution.py"}


def test_what_cannot_be_read_says_why(tmp_path):
    outside = write_tree(tmp_path / "elsewhere", {"secret.py": RIGHT})
    folder = write_tree(
        tmp_path / "all",
        {
            "broken.zip": b"PK\x03\x04 no more",
            "empty/": "",
            "essay.pdf": b"%PDF",
            "many/one.py": "x = 1",
            "many/two.py": "x = 2",
            "packed/work.rar": b"Rar!",
            "two/a/solution.py": RIGHT,
            "two/b/solution.py": RIGHT,
            "up.zip": a_zip({"../solution.py": RIGHT}),
        },
    )
    (folder / "linked").mkdir()
    (folder / "linked/solution.py").symlink_to(outside / "secret.py")
    (folder / "nowhere").mkdir()
    (folder / "nowhere/solution.py").symlink_to("gone.py")
    (folder / "whole").symlink_to(outside, target_is_directory=True)
    (folder / "pipe").mkdir()
    os.mkfifo(folder / "pipe/solution.py")
    told = mains(find_submissions(folder, MODULES))
    assert told == {
        "broken": "broken.zip is not a zip that can be read: File is not a zip file.",
        "empty": "There is no solution.py among the submitted files: it is empty.",
        "essay.pdf": "There is no solution.py among the submitted files; there is essay.pdf.",
        "linked": "solution.py is a link that leads out of the submission.",
        "many": "There is no solution.py, and which of one.py, two.py is meant cannot be told.",
        "nowhere": "solution.py is a link that leads nowhere.",
        "packed": "work.rar is an archive of a kind that is not read; only .zip is.",
        "pipe": "solution.py is not a regular file.",
        "two": "There are several folders (a, b): which is meant cannot be told.",
        "up": "up.zip holds the path '../solution.py', which leads out of it.",
        "whole": "whole is a link that leads out of the submission.",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path):
    write_tree(tmp_path, {"solution.py": RIGHT})
    (tmp_path / "solution.py").chmod(0)
    with pytest.raises(Unreadable, match="permission denied"):
        read_place(tmp_path)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"solution.py": RIGHT, "alice/solution.py": RIGHT}, "could be one submission, or hold several"),
        ({"alice/solution.py": RIGHT}, "could be one submission or a folder of one"),
        ({"alice.py": RIGHT}, "could be one submission or a folder of one"),
        ({"marks.csv": "a"}, "holds no submission"),
        ({}, "holds no submission"),
    ],
)
def test_what_could_be_either_is_asked_back(tmp_path, files, told):
    write_tree(tmp_path, files)
    with pytest.raises(UsageError, match=told):
        find_submissions(tmp_path, MODULES)


def test_a_flag_decides(tmp_path):
    write_tree(tmp_path, {"solution.py": RIGHT, "alice/solution.py": RIGHT})
    assert not find_submissions(tmp_path, MODULES, "single").is_batch
    assert [one.name for one in find_submissions(tmp_path, MODULES, "batch").sources] == ["alice", "solution"]
    with pytest.raises(UsageError, match="is a file"):
        find_submissions(tmp_path / "solution.py", MODULES, "batch")


def test_names_stay_apart(tmp_path):
    write_tree(tmp_path, {"alice.py": RIGHT, "alice/solution.py": RIGHT, "bob.zip": a_zip({"solution.py": RIGHT})})
    assert [one.name for one in find_submissions(tmp_path, MODULES).sources] == ["alice", "alice.py", "bob"]


def test_names_that_are_no_text_are_shown_as_text(tmp_path):
    (tmp_path / "a\nb.py").write_text(RIGHT)
    (tmp_path / "c\x1b[31m.py").write_text(RIGHT)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")).write_text(RIGHT)
    names = [one.name for one in find_submissions(tmp_path, MODULES).sources]
    assert len(set(names)) == 3
    assert all(name.isprintable() and name.encode() for name in names)


def test_a_zip_of_submissions_is_read_as_its_folder(tmp_path):
    content = {
        "download/Ann_1_assignsubmission_file_/solution.py": RIGHT,
        "download/Ben_2_assignsubmission_file_/upload.zip": a_zip({"solution.py": RIGHT}),
        "download/Cid_3_assignsubmission_file_/": "",
        "download/marks.csv": "a,b",
    }
    (tmp_path / "all.zip").write_bytes(a_zip(content))
    found = find_submissions(tmp_path / "all.zip", MODULES)
    assert found.is_batch
    assert mains(found)["Ann_1"] == "solution.py"
    assert mains(found)["Ben_2"] == "solution.py"
    assert found.passed_over == ("marks.csv",)


def test_a_bad_path_in_a_zip_spoils_its_owner_alone(tmp_path):
    content = {"ann/solution.py": RIGHT, "ben/solution.py": RIGHT, "ben/../../etc/solution.py": RIGHT}
    (tmp_path / "all.zip").write_bytes(a_zip(content))
    told = mains(find_submissions(tmp_path / "all.zip", MODULES))
    assert told["ann"] == "solution.py"
    assert "leads out of it" in told["ben"]


def test_a_zip_with_the_main_file_at_its_top_is_one_submission(tmp_path):
    (tmp_path / "ann.zip").write_bytes(a_zip({"solution.py": RIGHT, "help.py": ""}))
    found = find_submissions(tmp_path / "ann.zip", MODULES)
    assert not found.is_batch
    assert set(chosen(found.sources[0]).files) == {"solution.py", "help.py"}


def test_a_zip_that_is_none_is_a_wrong_call(tmp_path):
    (tmp_path / "all.zip").write_bytes(b"no zip")
    with pytest.raises(UsageError, match="not a zip"):
        find_submissions(tmp_path / "all.zip", MODULES)


def _linked() -> bytes:
    info = zipfile.ZipInfo("solution.py")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _packed(info, b"/etc/passwd")


def _packed(info: zipfile.ZipInfo, content: bytes) -> bytes:

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (a_zip({"/etc/solution.py": "x"}), "leads out"),
        (a_zip({"..\\solution.py": "x"}), "leads out"),
        (a_zip({"C:/solution.py": "x"}), "leads out"),
        (a_zip({"big.bin": bytes(8 * 1024 * 1024)}), "packed 200 times smaller"),
        (a_zip({f"f{number}.py": "" for number in range(600)}), "more than 500 files"),
        (a_zip({"/".join("d" * 20) + "/f.py": ""}), "folders deep"),
        (a_zip({"a": "", "a/b.py": ""}), "below a file of that name"),
        (_linked(), "holds a link"),
        (a_zip({"solution.py": RIGHT})[:-30], "not a zip"),
    ],
)
def test_zips_that_lie_or_burst_are_refused(content, told):
    with pytest.raises(Unreadable, match=told):
        read_zip(content, "work.zip")


def test_a_damaged_member_is_told(tmp_path):
    content = bytearray(a_zip({"solution.py": RIGHT * 50}))
    content[60] ^= 0xFF
    with pytest.raises(Unreadable, match=r"damaged at 'solution\.py'"):
        read_zip(bytes(content), "work.zip")


def test_a_folder_is_read_within_bounds(tmp_path):
    write_tree(tmp_path, {f"f{number}.py": "" for number in range(501)})
    with pytest.raises(Unreadable, match="more than 500 files"):
        read_place(tmp_path)
