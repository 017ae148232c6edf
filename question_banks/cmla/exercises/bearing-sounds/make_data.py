"""Write sounds of bearings (data/train.csv, data/valid.csv, holdout/sounds.csv), fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20273
HERE = Path(__file__).parent
SAMPLES = 40
# A damaged bearing clicks: a short ringing, anywhere in the sound.
CLICK = np.array([0.9, -1.0, 0.8, -0.45, 0.2])


def write_sounds(rng: np.random.Generator, count: int, path: Path) -> None:
    """Write `count` sounds of 40 samples; the first column is 1 for a damaged bearing."""
    damaged = (rng.random(count) < 0.4).astype(int)
    time = np.arange(SAMPLES)
    phase = rng.uniform(0.0, 2 * np.pi, (count, 1))
    period = rng.uniform(9.0, 16.0, (count, 1))
    sound = 0.6 * np.sin(2 * np.pi * time / period + phase) + rng.normal(0, 0.25, (count, SAMPLES))
    for row in np.flatnonzero(damaged):
        for start in rng.choice(SAMPLES - len(CLICK), rng.integers(1, 4), replace=False):
            sound[row, start : start + len(CLICK)] += rng.uniform(0.7, 1.4) * CLICK
    header = ",".join(["damaged", *(f"s{number}" for number in time)])
    lines = [
        ",".join([str(label), *(f"{value:.2f}" for value in row)])
        for label, row in zip(damaged, sound, strict=True)
    ]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Write the three files."""
    rng = np.random.default_rng(SEED)
    write_sounds(rng, 120, HERE / "data" / "train.csv")
    write_sounds(rng, 120, HERE / "data" / "valid.csv")
    write_sounds(rng, 300, HERE / "holdout" / "sounds.csv")


if __name__ == "__main__":
    main()
