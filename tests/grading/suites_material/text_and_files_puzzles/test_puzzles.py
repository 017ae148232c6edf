import csv
import io
import json
import pathlib
import sqlite3

import pytest

import solution

SAMPLE = """\
1000
2000

4000

5000
6000
"""
FASTA = """>Rosalind_1
ACGTAC
GT
>Rosalind_2
TTT
"""


class TestDay:
    @pytest.fixture
    def lines(self):
        return SAMPLE.splitlines()

    def test_part_one(self, lines):
        assert solution.part_one(lines) == 11000

    def test_part_two(self, lines):
        assert solution.part_two(lines, 2) == 15000

    def test_parse(self):
        assert solution.parse(SAMPLE) == [[1000, 2000], [4000], [5000, 6000]]


@pytest.mark.parametrize("steps, want", [("R2 U1", (2, 1)), ("L1 L1 D3", (-2, -3)), ("", (0, 0))])
def test_walk(steps, want):
    assert solution.walk(steps) == want


def test_life():
    blinker = {(0, 1), (1, 1), (2, 1)}
    assert solution.step(blinker) == {(1, 0), (1, 1), (1, 2)}
    assert solution.step(solution.step(blinker)) == blinker


def test_grid_path():
    grid = ["S.#", "..#", "#.E"]
    assert solution.shortest(grid) == 4
    assert solution.shortest(["S#E"]) is None


def test_genes():
    assert solution.count_bases("AACGTTT") == {"A": 2, "C": 1, "G": 1, "T": 3}
    assert solution.transcribe("GATTACA") == "GAUUACA"
    assert solution.reverse_complement("AAAACCCGGT") == "ACCGGGTTTT"
    assert solution.read_fasta(io.StringIO(FASTA)) == {"Rosalind_1": "ACGTACGT", "Rosalind_2": "TTT"}
    assert solution.gc_content("AGCTATAG") == pytest.approx(37.5)
    assert solution.translate("AUGGCCAUGGCGUGA") == "MAMA"
    assert list(solution.find_all("GATATATGCATATACTT", "ATAT")) == [2, 4, 10]
    with pytest.raises(solution.BadBase, match="X at 2"):
        solution.count_bases("ACX")


def test_files(tmp_path):
    path = tmp_path / "genes.fa"
    path.write_text(FASTA)
    with open(path) as f:
        assert len(solution.read_fasta(f)) == 2
    solution.write_report(tmp_path / "report.json", {"n": 2})
    assert json.loads((tmp_path / "report.json").read_text()) == {"n": 2}
    assert solution.count_files(tmp_path) == 2
    assert (tmp_path / "sub").exists() is False
    solution.make_tree(tmp_path / "sub")
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["a.txt", "b.txt"]


def test_csv(tmp_path):
    out = io.StringIO(newline="")
    solution.write_rows(out, [{"a": 1, "b": "x,y"}])
    assert out.getvalue() == 'a,b\r\n1,"x,y"\r\n'
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert solution.sum_column(rows, "a") == 1
    reader = csv.reader(io.StringIO("1,2\n3,4\n"))
    assert solution.total(reader) == 10


def test_database(tmp_path):
    connection = sqlite3.connect(":memory:")
    solution.create(connection)
    solution.add(connection, "ann", 30)
    solution.add(connection, "bob", 20)
    assert connection.execute("select name from people order by age").fetchall() == [("bob",), ("ann",)]
    assert solution.oldest(connection) == "ann"
    with pytest.raises(sqlite3.IntegrityError):
        solution.add(connection, "ann", 1)
    own = solution.connect(tmp_path / "db.sqlite")
    solution.create(own)
    solution.add(own, "eve", 5)
    own.commit()
    own.close()
    again = sqlite3.connect(tmp_path / "db.sqlite")
    assert again.execute("select count(*) from people").fetchone() == (1,)


def test_paths():
    assert solution.extension(pathlib.Path("a/b.tar.gz")) == ".gz"
    assert solution.sibling(pathlib.PurePosixPath("/x/y.txt"), "z.txt") == pathlib.PurePosixPath("/x/z.txt")


def test_ciphers():
    assert solution.caesar("abc XYZ", 3) == "def ABC"
    assert solution.caesar(solution.caesar("Hello", 5), -5) == "Hello"
    assert solution.morse("SOS") == "... --- ..."
    assert solution.is_palindrome("A man, a plan, a canal: Panama")
    assert solution.anagrams(["tea", "eat", "tan", "ate"]) == [["tea", "eat", "ate"], ["tan"]]
    assert solution.encode("aaabbc") == "3a2bc"
    assert solution.decode("3a2bc") == "aaabbc"
