class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __eq__(self, other):
        if type(other) is not Money:
            return NotImplemented
        return self.amount == other.amount

    def __hash__(self):
        return hash(self.amount)
