"""The figures of the shipped banks are those that the scripts beside them draw."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from banks.instances import BANKS

SCRIPTS = sorted(BANKS.glob("*/figure_scripts/*.py"))


def drawn_by(script: Path, folder: Path) -> list[Path]:
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True)
    return sorted(folder.glob("*.png"))


@pytest.mark.ml
@pytest.mark.parametrize("bank", sorted({script.parents[1].name for script in SCRIPTS}))
def test_every_figure_is_drawn_anew_by_one_script(bank: str, tmp_path: Path) -> None:
    drawn: dict[str, Path] = {}
    for script in (one for one in SCRIPTS if one.parents[1].name == bank):
        (tmp_path / script.stem).mkdir()
        for picture in drawn_by(script, tmp_path / script.stem):
            assert picture.name not in drawn
            drawn[picture.name] = picture
    kept = {path.name: path for path in (BANKS / bank / "figures").iterdir() if path.is_file()}
    assert set(drawn) == set(kept)
    for name, path in kept.items():
        with Image.open(path) as old, Image.open(drawn[name]) as new:
            assert old.size == new.size, name
            # Fonts are smoothed a little differently from version to version.
            difference = ImageChops.difference(old.convert("L"), new.convert("L"))
            assert ImageStat.Stat(difference).mean[0] < 1.0, name
