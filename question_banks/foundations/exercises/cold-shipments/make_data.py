"""Write data/train.csv and holdout/shipments.csv: cooled shipments, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20263
HERE = Path(__file__).parent
CARRIERS = {"NORDIC": -0.4, "RAPIDO": 0.5, "TRANSALP": 0.0, "VIA": 0.9, "WEGA": -0.8}
PACKAGINGS = {"FOAM": 0.6, "BOX": 0.0, "GEL": -0.7}


def shipments(rng: np.random.Generator, count: int, carriers: dict[str, float]) -> pd.DataFrame:
    """Return shipments as they are exported, codes for gaps included; one in twelve is spoiled."""
    ambient = np.round(rng.normal(12, 9, count), 0)
    hours = np.round(rng.gamma(4.0, 7.0, count), 1)
    doors = rng.poisson(2.2, count)
    temperature = np.round(2.5 + 0.12 * ambient + 0.35 * doors + rng.normal(0, 2.4, count), 1)
    carrier = rng.choice(list(carriers), count)
    packaging = rng.choice(list(PACKAGINGS), count, p=[0.3, 0.45, 0.25])
    lost = rng.random(count) < 0.12
    logit = (
        -5.6
        + 1.1 * np.clip(temperature - 6.0, 0, None)
        + 0.9 * np.clip(0.0 - temperature, 0, None)
        + 0.035 * hours
        + np.array([carriers[name] for name in carrier])
        + np.array([PACKAGINGS[name] for name in packaging])
        + 2.2 * lost
    )
    spoiled = (rng.random(count) < 1 / (1 + np.exp(-logit))).astype(int)
    careless = rng.random(count)
    carrier = np.where(careless < 0.15, [f" {name.lower()}" for name in carrier], carrier)
    packaging = np.where(careless > 0.90, [name.title() for name in packaging], packaging)
    return pd.DataFrame(
        {
            "shipment": rng.permutation(90_000)[:count] + 10_000,
            "max_temp": np.where(lost, 999.0, temperature),
            "hours": np.where(rng.random(count) < 0.08, -1.0, hours),
            "doors": np.where(rng.random(count) < 0.10, -1, doors),
            "ambient": ambient,
            "carrier": np.where(rng.random(count) < 0.05, None, carrier),
            "packaging": np.where(rng.random(count) < 0.06, "?", packaging),
            "spoiled": spoiled,
        }
    )


def main() -> None:
    """Write both files; two carriers are in the hold-out rows alone."""
    rng = np.random.default_rng(SEED)
    train = shipments(rng, 800, CARRIERS)
    hold = shipments(rng, 2000, CARRIERS | {"SOLO": 0.0, "ZUG": 0.3})
    train.to_csv(HERE / "data" / "train.csv", index=False)
    hold.to_csv(HERE / "holdout" / "shipments.csv", index=False)


if __name__ == "__main__":
    main()
