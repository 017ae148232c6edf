"""The banks of the guides are sound as they stand there."""

import re
from pathlib import Path

from examengine.bank.bank import Bank
from examengine.bank.catalogue import find_blueprint
from examengine.bank.check import check_bank
from examengine.bank.read import read_bank
from examengine.forms.assemble import Shortfall, assemble
from examengine.forms.form import Form

GUIDES = Path(__file__).parents[2] / "docs/how-to"


def blocks(guide: str) -> list[str]:
    """Return the YAML blocks of a guide, in order."""
    return re.findall(r"^```yaml\n(.*?)^```$", (GUIDES / guide).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sound(folder: Path) -> Bank:
    reading = read_bank(folder)
    assert reading.problems == ()
    assert reading.bank is not None
    assert check_bank(reading.bank) == ()
    return reading.bank


def test_the_bank_of_a_first_item_is_sound(tmp_path: Path):
    manifest, item = blocks("write-an-item.md")[:2]
    bank = sound(write(tmp_path / "my-bank", {"bank.yaml": manifest, "items/splits/time.yaml": item}))
    assert [item.id for item in bank.items] == ["my-bank.splits.forecast-demand"]


def test_the_certification_of_the_guide_gives_the_form_that_the_guide_promises(tmp_path: Path):
    manifest, blueprint, items = blocks("add-a-certification.md")
    files = {"bank.yaml": manifest, "exams/mock.yaml": blueprint, "items/operations/releases.yaml": items}
    bank = sound(write(tmp_path / "tiny-ops", files))
    assert len(bank.items) == 2
    found = find_blueprint("tiny-ops.mock", [tmp_path])
    made = assemble(found.blueprint, found.banks, 1)
    assert isinstance(made, Form), made
    assert len(made.entries) == 8
    assert made.certificate is not None
    assert len(made.certificate.constraints) == 9
    nothing = assemble(found.blueprint, {**found.banks, "tiny-ops": bank.model_copy(update={"items": ()})}, 1)
    assert isinstance(nothing, Shortfall)
    assert any("has 0 eligible items, 2 are needed" in line for line in nothing.lines)
