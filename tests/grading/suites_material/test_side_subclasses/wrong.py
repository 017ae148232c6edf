class ValidationError(Exception):
    pass


class Report:
    separator = ";"
    count = 0

    def footer(self):
        return ""

    def render(self, items):
        return self.header()


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def deposit(self, amount):
        self.balance = amount

    def withdraw(self, amount):
        self.balance -= amount


class Meter:
    def __init__(self, n):
        self.n = n

    def show(self):
        return f"{self.n} m"


class Shape:
    pass


class Stack(list):
    pass


class Plugin:
    registry = {}


def run_plugin(name, text):
    return text


class Visitor:
    def visit(self, node):
        pass


class Handler:
    def __init__(self, following):
        pass

    def handle(self, n):
        return None


def call(f):
    f()


def guarded(f):
    return None
