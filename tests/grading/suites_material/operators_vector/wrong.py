class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y - other.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x

    def __iter__(self):
        return iter([self.x, self.y])

    def __abs__(self):
        return self.x + self.y

    def __len__(self):
        return 3
