"""Write data/train.csv and holdout/items.csv: items on a sorting belt, from a fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20271
HERE = Path(__file__).parent
BINS = ["glass", "metal", "paper", "plastic"]
HEADER = "gloss,edges,hue,weight,roundness,bin"
# gloss (0-100), edges (per cm), hue (0-360), weight (g) and roundness (0-1) of a typical item.
TYPICAL = np.array(
    [
        [62.0, 4.0, 130.0, 310.0, 0.70],
        [74.0, 6.5, 150.0, 90.0, 0.62],
        [24.0, 9.5, 90.0, 60.0, 0.25],
        [52.0, 7.0, 190.0, 40.0, 0.50],
    ]
)
SPREAD = np.array([15.0, 2.2, 48.0, 60.0, 0.20])
LOW = np.array([0.0, 0.0, 0.0, 1.0, 0.0])
HIGH = np.array([100.0, 30.0, 360.0, 2000.0, 1.0])


def write_items(rng: np.random.Generator, count: int, mislabelled: float, path: Path) -> None:
    """Write `count` items; this share of them carries a bin drawn at random."""
    kind = rng.choice(4, count, p=[0.2, 0.15, 0.35, 0.3])
    values = np.clip(TYPICAL[kind] + SPREAD * rng.normal(size=(count, 5)), LOW, HIGH)
    label = np.where(rng.random(count) < mislabelled, rng.integers(0, 4, count), kind)
    lines = [
        f"{row[0]:.1f},{row[1]:.1f},{row[2]:.0f},{row[3]:.0f},{row[4]:.2f},{BINS[code]}"
        for row, code in zip(values, label, strict=True)
    ]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files; the items of the hold-out were sorted by hand."""
    rng = np.random.default_rng(SEED)
    write_items(rng, 400, 0.12, HERE / "data" / "train.csv")
    write_items(rng, 800, 0.0, HERE / "holdout" / "items.csv")


if __name__ == "__main__":
    main()
