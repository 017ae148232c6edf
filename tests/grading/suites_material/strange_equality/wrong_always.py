class Point:
    def __init__(self, x, y):
        pass

    def __eq__(self, other):
        return True


class Money(Point):
    def __init__(self, amount):
        self.amount = amount

    def __hash__(self):
        return hash(self.amount)
