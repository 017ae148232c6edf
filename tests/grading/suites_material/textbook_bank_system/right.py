from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Transaction:
    when: date
    amount: Decimal
    label: str


class Ledger:
    def __init__(self):
        self.entries = []

    def record(self, t):
        self.entries.append(t)
        return self

    def total(self, label=None):
        return sum((t.amount for t in self.entries if label in (None, t.label)), Decimal(0))

    def by_month(self):
        out = defaultdict(Decimal)
        for t in self.entries:
            out[t.when.year, t.when.month] += t.amount
        return dict(out)

    def between(self, a, b):
        return [t for t in self.entries if a <= t.when <= b]

    def __len__(self):
        return len(self.entries)


def interest(amount, rate, years=1):
    for _ in range(years):
        amount = amount * (1 + rate)
    return amount


class Savings:
    def __init__(self, balance, rate):
        self.balance = balance
        self.rate = rate
        self.opened = datetime.now()

    def accrue(self):
        self.balance *= 1 + self.rate

    def matures(self):
        return self.opened + timedelta(days=365)

    def __repr__(self):
        return f"<Savings {self.balance}>"
