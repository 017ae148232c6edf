class Poly:
    def __init__(self, coefficients):
        self.c = list(coefficients)

    def __eq__(self, other):
        return self.c == other.c

    def __mul__(self, other):
        return Poly([a * other for a in self.c])

    def __iadd__(self, other):
        return Poly(self.c + other.c)

    def __call__(self, x):
        return sum(self.c)

    def __repr__(self):
        return "Poly"


class Mod(int):
    def __new__(cls, value, n):
        self = super().__new__(cls, value)
        self.n = n
        return self

    def __repr__(self):
        return f"Mod({int(self)})"


class Roman(str):
    def __bytes__(self):
        return b""


class Grid(list):
    labels = {}
