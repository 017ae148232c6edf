"""Mutated banks: reading ends in a bank or in problems that can be shown, whatever the files hold."""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bank.bank_folder import FILES, write_bank
from examengine.bank.check import check_bank
from examengine.bank.read import read_bank
from examengine.forms.assemble import assemble

CMLA = Path(__file__).parents[2] / "question_banks" / "cmla"
BATCH = 100
MUTATED = [name for name in FILES if name.endswith((".yaml", ".py", ".md"))]
TOKENS = [
    *(b"\x00", b"\xff", b"\xc3", b"\t", b"\r", b"\n", b"\n---\n", b"...", b": ", b"- ", b"? ", b"[", b"]", b"{", b"}"),
    *(b"&a ", b"*a", b"!!int ", b"!x ", b"|", b">", b"'", b'"', b"#", b"%", b"@", b"`", b"~", b"null", b"no", b"1:30"),
    *(b"1e9", b"1e99999", b"-1", b"0", b"0x", b"1/0", b"1/3", b".nan", b".inf", b"9" * 30, b"9" * 5000, b"[" * 60),
    *(b"{a: " * 60, b"a:\n " * 50, b"<<: *a\n", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"![x](../../etc/passwd)", b"\\"),
    *(b"\x1b[31m", b"\xf0\x9f\x8e\xb2", b"id: id\n"),
]


def mutate(content: bytes, random: Random) -> bytes:
    """Return the content with one to four accidents."""
    for _ in range(random.randint(1, 4)):
        at, to = sorted((random.randint(0, len(content)), random.randint(0, len(content))))
        to = min(to, at + random.choice((1, 3, 20, 200)))
        lines = content.split(b"\n")
        line = random.randrange(len(lines))
        match random.randrange(9):
            case 0:
                content = content[:at] + content[to:]
            case 1:
                content = content[:at] + random.choice(TOKENS) + content[to:]
            case 2:
                content = content[:at] + random.choice(TOKENS) + content[at:]
            case 3:
                content = content[:at] + content[at:to] * random.choice((2, 5)) + content[to:]
            case 4:
                content = b"\n".join([*lines[:line], *lines[line + 1 :]])
            case 5:
                content = b"\n".join([*lines[: line + 1], *lines[line:]])
            case 6:
                other = random.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
                content = b"\n".join(lines)
            case 7:
                lines[line] = b" " * random.randint(0, 6) + lines[line].lstrip()
                content = b"\n".join(lines)
            case 8:
                head, colon, _ = lines[line].partition(b":")
                lines[line] = head + colon + b" " + random.choice(TOKENS)
                content = b"\n".join(lines)
    return content


def read_and_use(folder: Path) -> bool:
    """Read a bank, and sit its exams where it could be read; return whether it could."""
    reading = read_bank(folder)
    assert (reading.bank is None) == any(problem.severity == "error" for problem in reading.problems)
    for problem in reading.problems:
        assert str(problem).isprintable()
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
    if reading.bank is None:
        return False
    check_bank(reading.bank)
    for blueprint in reading.bank.blueprints:
        drawn = {draw.split(".")[0] for domain in blueprint.domains for draw in domain.draws}
        if drawn <= {reading.bank.id} and blueprint.id.startswith(f"{reading.bank.id}."):
            assemble(blueprint, {reading.bank.id: reading.bank}, 1)
    return True


def run_batch(folder: Path, batch: int) -> Iterator[bool]:
    random = Random(batch)
    real = [path.read_bytes() for path in sorted(CMLA.glob("items/*/*.yaml"))]
    real_exams = [path.read_bytes() for path in sorted(CMLA.glob("exams/*.yaml"))]
    write_bank(folder)
    for _ in range(BATCH):
        name = random.choice(MUTATED)
        content = FILES[name].encode()
        if name.startswith("items/") and real and random.random() < 0.2:
            content = random.choice(real)
        elif name.startswith("exams/") and real_exams and random.random() < 0.3:
            content = random.choice(real_exams)
        (folder / name).write_bytes(mutate(content, random))
        yield read_and_use(folder)
        (folder / name).write_bytes(FILES[name].encode())


@pytest.mark.parametrize("batch", range(3))
def test_a_mutated_bank_ends_in_a_bank_or_in_problems(tmp_path, batch):
    outcomes = set(run_batch(tmp_path, batch))
    assert outcomes == {True, False}  # mutations that all break, or all pass, would test little


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(3, 53))
def test_five_thousand_mutated_banks_end_in_a_bank_or_in_problems(tmp_path, batch):
    assert set(run_batch(tmp_path, batch)) == {True, False}
    unit = 1 if sys.platform == "darwin" else 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < 2**30
