"""Write data/orders.csv and holdout/later_orders.csv: delivery times, from a fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20274
HERE = Path(__file__).parent


def write_orders(rng: np.random.Generator, count: int, forgotten: float, path: Path) -> None:
    """Write `count` orders; for this share of them somebody pressed "delivered" hours later."""
    distance = np.round(rng.gamma(2.5, 1.6, count) + 0.3, 1)
    items = rng.integers(1, 21, count)
    rain = np.round(np.where(rng.random(count) < 0.7, 0.0, rng.gamma(1.5, 2.0, count)), 1)
    minutes = 9 + 3.5 * distance + 0.5 * items + distance * np.minimum(rain, 6) * 0.5
    minutes += rng.normal(0, 2.5, count) + (rng.random(count) < forgotten) * rng.uniform(
        120, 480, count
    )
    lines = ["distance_km,items,rain_mm,minutes"]
    for row in zip(distance, items, rain, np.maximum(minutes, 6), strict=True):
        lines.append(f"{row[0]:.1f},{row[1]},{row[2]:.1f},{row[3]:.0f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files; the later orders were timed by the couriers' phones."""
    rng = np.random.default_rng(SEED)
    write_orders(rng, 300, 0.08, HERE / "data" / "orders.csv")
    write_orders(rng, 400, 0.0, HERE / "holdout" / "later_orders.csv")


if __name__ == "__main__":
    main()
