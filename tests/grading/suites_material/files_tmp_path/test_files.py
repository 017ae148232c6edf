import csv
import json

import pytest

import solution


def test_write(tmp_path):
    target = tmp_path / "out.txt"
    solution.write_lines(target, ["a", "b"])
    assert target.read_text() == "a\nb\n"


def test_read(tmp_path):
    source = tmp_path / "in.txt"
    source.write_text("x y\nz\n")
    assert solution.count_words(str(source)) == 3


def test_json_round_trip(tmp_path):
    path = tmp_path / "d.json"
    solution.save(path, {"a": [1, 2]})
    assert json.loads(path.read_text()) == {"a": [1, 2]}
    assert solution.load(path) == {"a": [1, 2]}


def test_csv(tmp_path):
    path = tmp_path / "d.csv"
    with open(path, "w", newline="") as f:
        csv.writer(f).writerows([["name", "n"], ["a", 1], ["b", 2]])
    assert solution.column_sum(path, "n") == 3


def test_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        solution.count_words(tmp_path / "nothing")
    assert solution.load_or_default(tmp_path / "nothing") == {}


def test_chdir(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("hello world")
    assert solution.count_words("notes.txt") == 2
    solution.write_lines("made.txt", ["q"])
    assert (tmp_path / "made.txt").exists()


def test_listing(tmp_path):
    for name in ["b.txt", "a.txt", "c.md"]:
        (tmp_path / name).touch()
    assert solution.text_files(tmp_path) == ["a.txt", "b.txt"]


def test_tree(tmp_path):
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / "y" / "f.py").write_text("1\n2\n")
    found = solution.find_py(tmp_path)
    assert found == [tmp_path / "x" / "y" / "f.py"]


def test_handle(tmp_path):
    path = tmp_path / "f.txt"
    path.write_text("1\n2\n3\n")
    with open(path) as f:
        assert solution.sum_lines(f) == 6


def test_factory(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deep")
    solution.write_lines(folder / "z", ["1"])
    assert [p.name for p in folder.iterdir()] == ["z"]


def test_binary(tmp_path):
    p = tmp_path / "b.bin"
    p.write_bytes(bytes(range(10)))
    assert solution.checksum(p) == 45
