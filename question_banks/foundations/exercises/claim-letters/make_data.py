"""Write data/train.csv and holdout/letters.csv: letters of an insurer, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20265
HERE = Path(__file__).parent
WORDS = {
    "home": "roof pipe cellar burst flood kitchen window storm burglar carpet damp",
    "legal": "lawyer court lawsuit verdict witness neighbour dispute deadline hearing",
    "motor": "bumper garage tyre crash parked windscreen towed scratch brake dent",
    "travel": "luggage flight hotel cancelled abroad airport fever trip booking lost",
}
SHARES = {"home": 0.30, "legal": 0.07, "motor": 0.36, "travel": 0.27}
COMMON = "please hello thanks claim since yesterday again still my the damage not pay form".split()
TARIFFS = {"home": "ROOF", "legal": "LAW", "motor": "AUTO", "travel": "TRIP"}


def letters(rng: np.random.Generator, count: int, numbers: list[int]) -> pd.DataFrame:
    """Return letters; half of the words that tell anything are about the letter's desk."""
    desks = rng.choice(list(SHARES), count, p=list(SHARES.values()))
    rows = []
    for desk in desks:
        telling = rng.integers(0, 4)
        words = list(rng.choice(COMMON, rng.integers(3, 8)))
        for _ in range(telling):
            topic = desk if rng.random() < 0.62 else rng.choice(list(SHARES))
            words.append(rng.choice(WORDS[topic].split()))
        rng.shuffle(words)
        if rng.random() < 0.5:
            words.insert(int(rng.integers(0, len(words))), f"#{rng.integers(100_000, 999_999)}")
        text = " ".join(words)
        text = text.upper() if rng.random() < 0.1 else text.capitalize()
        family = TARIFFS[desk] if rng.random() < 0.55 else rng.choice(list(TARIFFS.values()))
        tariff = f"{family}-{rng.choice(numbers)}"
        amount = rng.lognormal(5.5 if desk == "home" else 4.0, 1.1)
        gap = rng.random(3)
        rows.append(
            {
                "text": None if gap[0] < 0.03 else text,
                "tariff": None if gap[1] < 0.05 else tariff,
                "amount": None if gap[2] < 0.08 else f"{amount:,.2f}",
                "desk": desk,
            }
        )
    return pd.DataFrame(rows)


def main() -> None:
    """Write both files; many tariffs of the hold-out rows are in no training row."""
    rng = np.random.default_rng(SEED)
    train = letters(rng, 600, list(range(1, 60)))
    hold = letters(rng, 1000, list(range(1, 80)))
    train.to_csv(HERE / "data" / "train.csv", index=False)
    hold.to_csv(HERE / "holdout" / "letters.csv", index=False)


if __name__ == "__main__":
    main()
