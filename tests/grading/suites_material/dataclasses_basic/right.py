from dataclasses import dataclass, field


@dataclass(order=True)
class Point:
    x: int
    y: int

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)


@dataclass(frozen=True)
class Config:
    name: str
    size: int = 3


@dataclass
class Order:
    customer: str
    items: list = field(default_factory=list)

    def __post_init__(self):
        if not self.customer:
            raise ValueError("empty customer")

    @property
    def total(self):
        return len(self.items)


def grid(n):
    return [Point(i, j) for i in range(n) for j in range(n)]
