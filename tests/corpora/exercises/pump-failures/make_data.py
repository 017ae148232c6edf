"""Makes the two tables; run once by the author."""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent


def rows(source, count):
    """Yield readings of pumps and whether each failed within the month."""
    for _ in range(count):
        hours, heat, shake = source.gauss(900, 300), source.gauss(60, 8), source.expovariate(1.5)
        site = source.choice(["north", "south", "quay"])
        risk = 0.004 * (hours - 900) + 0.15 * (heat - 60) + 1.2 * (shake - 0.7) + (0.8 if site == "quay" else 0)
        failed = risk + source.gauss(0, 0.9) > 0.3
        yield [f"{hours:.1f}", f"{heat:.2f}", f"{shake:.4f}", site, "yes" if failed else "no"]


def main():
    """Write the training rows and the hold-out rows."""
    source = random.Random(20)
    for name, count in (("data/train.csv", 240), ("holdout/holdout.csv", 160)):
        with (HERE / name).open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["hours", "heat", "shake", "site", "failed"])
            table.writerows(rows(source, count))


if __name__ == "__main__":
    main()
