class InsufficientFunds(Exception):
    pass


class BankAccount:
    history = []

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds("no")
        self.balance -= amount
        self.history.append(("withdraw", amount))
