"""Write data/train.csv and holdout/days.csv: meals of three canteens, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20264
HERE = Path(__file__).parent
CANTEENS = {"Harbour": 5.2, "North": 4.2, "Tower": 4.7}
WEEKDAYS = [0.10, 0.16, 0.20, 0.05, -0.45]
MENUS = {"soup": -0.15, "pasta": 0.12, "fish": -0.05, "curry": 0.05, "burger": 0.25}
GROWTH = 0.0022
SHAPE = 60.0


def meals(rng: np.random.Generator, dates: pd.DatetimeIndex) -> pd.DataFrame:
    """Return a row for each canteen and date; one day in fourteen a canteen is closed."""
    first = pd.Timestamp("2024-01-08")
    parts = []
    for canteen, level in CANTEENS.items():
        count = len(dates)
        menu = rng.choice(list(MENUS), count)
        rain = np.round(np.where(rng.random(count) < 0.5, 0.0, rng.gamma(1.2, 5.0, count)), 1)
        wet = 0.25 * (rain > 2.0) * (1 if canteen == "Tower" else -1)
        log_mean = (
            level
            + GROWTH * (dates - first).days.to_numpy()
            + np.array(WEEKDAYS)[dates.day_of_week]
            + np.array([MENUS[name] for name in menu])
            + wet
        )
        served = rng.poisson(np.exp(log_mean) * rng.gamma(SHAPE, 1 / SHAPE, count))
        closed = rng.random(count) < 1 / 14
        parts.append(
            pd.DataFrame(
                {
                    "date": dates.strftime("%d.%m.%Y"),
                    "canteen": canteen,
                    "menu": menu,
                    "rain": rain,
                    "closed": closed.astype(int),
                    "meals": np.where(closed, 0, served),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Write both files; the hold-out days follow the training days, rows are in random order."""
    rng = np.random.default_rng(SEED)
    dates = pd.bdate_range("2024-01-08", periods=390)
    train, hold = meals(rng, dates[:230]), meals(rng, dates[230:])
    hold = hold[hold["closed"] == 0]
    train.sample(frac=1.0, random_state=1).to_csv(HERE / "data" / "train.csv", index=False)
    hold.sample(frac=1.0, random_state=2).to_csv(HERE / "holdout" / "days.csv", index=False)


if __name__ == "__main__":
    main()
