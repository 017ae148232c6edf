import functools
import math


@functools.total_ordering
class Rational:
    def __init__(self, n, d):
        if d == 0:
            raise ZeroDivisionError("zero denominator")
        g = math.gcd(n, d) * (1 if d > 0 else -1)
        self.numer, self.denom = n // g, d // g

    def __eq__(self, o):
        return (self.numer, self.denom) == (o.numer, o.denom)

    def __lt__(self, o):
        return self.numer * o.denom < o.numer * self.denom

    def __add__(self, o):
        return Rational(self.numer * o.denom + o.numer * self.denom, self.denom * o.denom)

    def __sub__(self, o):
        return Rational(self.numer * o.denom - o.numer * self.denom, self.denom * o.denom)

    def __mul__(self, o):
        return Rational(self.numer * o.numer, self.denom * o.denom)

    def __truediv__(self, o):
        return Rational(self.numer * o.denom, self.denom * o.numer)

    def __abs__(self):
        return Rational(abs(self.numer), self.denom)

    def __pow__(self, n):
        if n < 0:
            return Rational(self.denom, self.numer) ** -n
        return Rational(self.numer**n, self.denom**n)

    def __rpow__(self, base):
        return float(base) ** (self.numer / self.denom)

    def __float__(self):
        return self.numer / self.denom

    def __int__(self):
        return self.numer // self.denom

    def __round__(self, n=None):
        return round(float(self), n)
