"""Write data/train.csv and holdout/customers.csv: contracts, from a fixed seed."""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20266
HERE = Path(__file__).parent
PLANS = {"basic": 0.5, "family": -0.5, "student": 0.9}
KEPT = 0.12


def contracts(rng: np.random.Generator, count: int, *, is_settled: bool) -> pd.DataFrame:
    """Return a simple random sample of contracts; once settled, calls after the decision are in."""
    months = rng.integers(1, 73, count)
    price = np.round(rng.normal(32, 8, count), 2)
    faults = rng.poisson(1.0, count)
    plan = rng.choice(list(PLANS), count, p=[0.5, 0.3, 0.2])
    decision = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 300, count), unit="D")
    before = rng.random(count) < 0.45
    minutes = np.round(rng.gamma(2.0, 5.0, count), 1)
    logit = (
        -2.6
        - 0.035 * (months - 24)
        + 0.08 * (price - 32)
        + 0.55 * faults
        + np.array([PLANS[name] for name in plan])
        + np.where(before, 0.07 * minutes, 0.0)
    )
    cancels = (rng.random(count) < 1 / (1 + np.exp(-logit))).astype(int)
    after = ~before & (rng.random(count) < np.where(cancels == 1, 0.8, 0.1)) & is_settled
    late = np.round(rng.gamma(2.0, 8.0, count), 1)
    gap = np.where(after, rng.integers(1, 40, count), -rng.integers(0, 90, count))
    call = pd.Series(decision + pd.to_timedelta(gap, unit="D")).dt.strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "decided_on": pd.Series(decision).dt.strftime("%Y-%m-%d"),
            "months": months,
            "price": price,
            "faults": faults,
            "plan": plan,
            "call_on": call.where(before | after, None),
            "call_minutes": np.where(after, late, np.where(before, minutes, np.nan)),
            "cancels": cancels,
        }
    )


def main() -> None:
    """Write both files: training rows favour who cancelled; hold-out rows are as they come."""
    rng = np.random.default_rng(SEED)
    pool = contracts(rng, 6000, is_settled=True)
    chance = np.where(pool["cancels"] == 1, 1.0, KEPT)
    train = pool[rng.random(len(pool)) < chance * 0.28].copy()
    train["weight"] = np.where(train["cancels"] == 1, 1.0, round(1 / KEPT, 2))
    hold = contracts(rng, 1800, is_settled=False).assign(weight=1.0)
    columns = ["decided_on", "months", "price", "faults", "plan", "call_on", "call_minutes"]
    for table, name in ((train, "data/train.csv"), (hold, "holdout/customers.csv")):
        table[[*columns, "weight", "cancels"]].to_csv(HERE / name, index=False)


if __name__ == "__main__":
    main()
