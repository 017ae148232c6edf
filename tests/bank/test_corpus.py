"""Malformed banks: each folder of the corpus names in `expected.txt` what reading it must tell, and nothing else."""

from pathlib import Path

import pytest

from examengine.bank.read import read_bank

CORPUS = Path(__file__).parents[1] / "corpora" / "banks"


def told(folder: Path) -> list[str]:
    """Return a line `file:line:column code item` for each problem."""
    return [
        f"{Path(p.file).relative_to(folder).as_posix()}:{p.line}:{p.column} {p.code} {p.item}".rstrip()
        for p in read_bank(folder).problems
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir() if path.is_dir()))
def test_a_malformed_bank_is_told_as_expected(name):
    expected = (CORPUS / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert told(CORPUS / name) == expected
    assert read_bank(CORPUS / name).bank is None


def test_the_corpus_is_there():
    assert len(list(CORPUS.glob("*/expected.txt"))) >= 12
