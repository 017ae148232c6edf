from dataclasses import dataclass


@dataclass(eq=False)
class Point:
    x: int
    y: int = 0

    def moved(self, dx, dy):
        return self


@dataclass
class Config:
    name: str


class Order:
    items = []

    def __init__(self, customer):
        self.customer = customer

    @property
    def total(self):
        return len(self.items)


def grid(n):
    return []
