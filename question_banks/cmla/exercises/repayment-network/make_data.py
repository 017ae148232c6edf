"""Write data/train.csv and holdout/loans.csv: loans and their outcome, from a fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20263
HERE = Path(__file__).parent
HEADER = "income,debt_ratio,years_employed,late_payments,loan,region,repaid"


def write_loans(rng: np.random.Generator, count: int, path: Path) -> None:
    """Write `count` loans; low and high debt with low income are bad, not in a straight line."""
    income = np.round(np.clip(np.exp(rng.normal(3.6, 0.45, count)), 8, 250), 1)
    debt_ratio = np.round(np.clip(rng.gamma(3.0, 0.16, count), 0, 2), 3)
    years = np.round(np.clip(rng.gamma(1.6, 5.0, count), 0, 50), 1)
    late = np.minimum(rng.poisson(1.2, count), 30)
    loan = np.round(np.clip(np.exp(rng.normal(2.4, 0.6, count)), 1, 100), 1)
    region = rng.choice(["north", "south", "coast"], count, p=[0.5, 0.35, 0.15])
    burden = (np.log(loan / 11) + 2.0 * (debt_ratio - 0.45)) - 0.9 * np.log(income / 36)
    logit = (
        1.4
        - 2.4 * burden
        - 0.9 * late
        + 1.6 * np.tanh((years - 5) / 3)
        + 0.9 * (np.abs(burden) < 0.4)
    )
    repaid = (rng.random(count) < 1 / (1 + np.exp(-1.3 * logit))).astype(int)
    columns = (income, debt_ratio, years, late, loan, region, repaid)
    lines = [",".join(str(value) for value in row) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    rng = np.random.default_rng(SEED)
    write_loans(rng, 400, HERE / "data" / "train.csv")
    write_loans(rng, 600, HERE / "holdout" / "loans.csv")


if __name__ == "__main__":
    main()
