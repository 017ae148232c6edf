"""Write data/train.csv and holdout/calls.csv: calls to a help line, from a fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20264
HERE = Path(__file__).parent
HEADER = "age,pain,pulse,temperature,hours,repeat_calls,language,urgency"


def write_calls(rng: np.random.Generator, count: int, path: Path) -> None:
    """Write `count` calls; urgency 0 (can wait), 1 (today) or 2 (at once, about one in eight)."""
    age = rng.integers(18, 95, count)
    pain = rng.integers(0, 11, count)
    pulse = np.round(np.clip(rng.normal(84, 17, count), 45, 170), 0).astype(int)
    temperature = np.round(np.clip(rng.normal(37.2, 0.9, count), 35, 41), 1)
    hours = np.round(np.clip(rng.gamma(1.5, 16, count), 0, 200), 1)
    repeat_calls = np.minimum(rng.poisson(0.7, count), 6)
    language = rng.choice(["en", "es", "pl", "uk"], count, p=[0.62, 0.24, 0.1, 0.04])
    strain = (
        0.35 * (pain - 5)
        + 1.1 * (np.abs(pulse - 80) / 15 - 1)
        + 1.2 * (np.abs(temperature - 37) - 0.7)
        + 0.25 * (age - 55) / 15
        - 0.5 * np.log1p(hours / 20)
        + 0.5 * repeat_calls
        + rng.normal(0, 0.55, count)
    )
    urgency = (strain > 0.2).astype(int) + (strain > 2.2).astype(int)
    columns = (age, pain, pulse, temperature, hours, repeat_calls, language, urgency)
    lines = [",".join(str(value) for value in row) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    rng = np.random.default_rng(SEED)
    write_calls(rng, 450, HERE / "data" / "train.csv")
    write_calls(rng, 700, HERE / "holdout" / "calls.csv")


if __name__ == "__main__":
    main()
