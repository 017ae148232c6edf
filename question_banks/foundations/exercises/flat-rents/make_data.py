"""Write data/train.csv and holdout/flats.csv: advertised flats and rents, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20261
HERE = Path(__file__).parent
DISTRICTS = [
    "Altmarkt", "Birkenau", "Domhof", "Eichwald", "Fischersee", "Gartenstadt", "Hafen", "Josefsruh",
    "Kanalviertel", "Lindental", "Mühlberg", "Neustadt", "Ostend", "Parkhöhe", "Rosengrund", "Südring",
]  # fmt: skip
NEW_DISTRICTS = ["Tannenweg", "Werderinsel"]
HEATINGS = {"gas": 0.0, "district": 0.03, "heat pump": 0.09, "oil": -0.05, "electric": -0.10}
SQUARE_FEET = 10.7639


def flats(rng: np.random.Generator, count: int, effects: dict[str, float]) -> pd.DataFrame:
    """Return `count` clean flats with their monthly rent in euros."""
    area = np.round(np.exp(rng.normal(4.15, 0.38, count)), 1)
    rooms = np.clip(np.round(area / 24 + rng.normal(0, 0.6, count)), 1, 8).astype(int)
    floor = rng.integers(0, 8, count)
    year = np.where(
        rng.random(count) < 0.3, rng.integers(1890, 1930, count), rng.integers(1946, 2024, count)
    )
    lift = rng.random(count) < np.where(year > 1975, 0.7, 0.2)
    balcony = rng.random(count) < 0.55
    district = rng.choice(list(effects), count)
    heating = rng.choice(list(HEATINGS), count, p=[0.4, 0.25, 0.12, 0.13, 0.1])
    log_rent = (
        6.75
        + 0.82 * np.log(area / 63)
        + np.array([effects[name] for name in district])
        + 0.16 * ((year - 1962) / 40) ** 2
        + np.array([HEATINGS[name] for name in heating])
        + 0.06 * balcony
        + np.where(lift, 0.018, -0.040) * floor
        + rng.normal(0, 0.09, count)
    )
    return pd.DataFrame(
        {
            "area": area,
            "rooms": rooms,
            "floor": floor,
            "year_built": year,
            "lift": np.where(lift, "yes", "no"),
            "balcony": np.where(balcony, "yes", "no"),
            "district": district,
            "heating": heating,
            "rent": np.round(np.exp(log_rent), 0),
        }
    )


def soil(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame as the export delivers it: two units, gaps, placeholders and careless text."""
    count = len(frame)
    feet = rng.random(count) < 0.3
    area = np.where(feet, np.round(frame["area"] * SQUARE_FEET, 0), frame["area"])
    district = frame["district"].to_numpy(dtype=object)
    careless = rng.random(count)
    district = np.where(careless < 0.12, [f" {name} " for name in district], district)
    district = np.where(careless > 0.90, [name.upper() for name in district], district)
    heating = frame["heating"].to_numpy(dtype=object)
    return frame.assign(
        area=np.where(rng.random(count) < 0.05, np.nan, area),
        unit=np.where(feet, "sqft", "m2"),
        year_built=np.where(rng.random(count) < 0.10, 0, frame["year_built"]),
        district=district,
        heating=np.where(rng.random(count) < 0.10, None, heating),
    )


def main() -> None:
    """Write both files; the training file is in the order of the export, which is by rent."""
    rng = np.random.default_rng(SEED)
    effects = dict(zip(DISTRICTS, np.round(rng.normal(0, 0.22, len(DISTRICTS)), 3), strict=True))
    train = soil(rng, flats(rng, 1000, effects)).sort_values("rent", kind="stable")
    everywhere = effects | dict.fromkeys(NEW_DISTRICTS, 0.0)
    hold = soil(rng, flats(rng, 900, everywhere))
    train.insert(0, "listing_id", np.arange(10_001, 10_001 + len(train)))
    hold.insert(0, "listing_id", rng.permutation(np.arange(10_101, 10_101 + len(hold))))
    columns = [
        "listing_id", "area", "unit", "rooms", "floor", "year_built", "lift", "balcony", "district",
        "heating", "rent",
    ]  # fmt: skip
    train[columns].to_csv(HERE / "data" / "train.csv", index=False)
    hold[columns].to_csv(HERE / "holdout" / "flats.csv", index=False)


if __name__ == "__main__":
    main()
