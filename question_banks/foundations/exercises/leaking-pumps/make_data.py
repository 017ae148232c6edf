"""Write data/train.csv and holdout/readings.csv: readings of pumps, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20262
HERE = Path(__file__).parent
SENSORS = [f"v{number:02d}" for number in range(1, 13)]
SITES = 70
NEW_SITES = 3


def readings(
    rng: np.random.Generator, names: list[str], site_effects: dict[str, float]
) -> pd.DataFrame:
    """Return four to seven readings of each named pump; `fails`: it failed within 30 days.

    v01 to v04 tell about the state at the reading; v05 to v12 are traits of the single pump, which
    hardly change between its readings and have nothing to do with failing.
    """
    counts = rng.integers(4, 8, len(names))
    pump = np.repeat(np.arange(len(names)), counts)
    site = rng.choice(list(site_effects), len(names))[pump]
    count = len(pump)
    state = rng.normal(0, 1, (count, 4))
    traits = rng.normal(0, 1, (len(names), 8))[pump] + rng.normal(0, 0.05, (count, 8))
    history = rng.normal(0, 1.6, len(names))[pump]
    logit = (
        -0.7
        + 1.8 * state[:, 0]
        - 1.4 * state[:, 1]
        + 1.6 * (np.abs(state[:, 2]) - 0.8)
        + 0.8 * state[:, 3]
        + np.array([site_effects[name] for name in site])
        + history
    )
    fails = (rng.random(count) < 1 / (1 + np.exp(-logit))).astype(int)
    hours = np.where(fails == 1, rng.gamma(4.0, 4.0, count), rng.gamma(1.0, 1.5, count))
    values = np.column_stack([state, traits]).round(2)
    values[rng.random(values.shape) < 0.03] = np.nan
    table = pd.DataFrame(values, columns=SENSORS)
    table.insert(0, "pump", np.array(names)[pump])
    table.insert(1, "site", site)
    return table.assign(repair_hours=hours.round(1), fails=fails)


def main() -> None:
    """Write both files; no pump of the training file is in the other."""
    rng = np.random.default_rng(SEED)
    effects = {
        f"S{number:03d}": float(rng.normal(0, 1.3)) for number in rng.permutation(900)[:SITES]
    }
    new_effects = {
        f"T{number:03d}": float(rng.normal(0, 1.3)) for number in rng.permutation(900)[:NEW_SITES]
    }
    names = [f"P{number:04d}" for number in rng.permutation(9000)[:480]]
    train = readings(rng, names[:200], effects)
    hold = readings(rng, names[200:], effects | new_effects)
    train.to_csv(HERE / "data" / "train.csv", index=False)
    hold.drop(columns="repair_hours").to_csv(HERE / "holdout" / "readings.csv", index=False)


if __name__ == "__main__":
    main()
