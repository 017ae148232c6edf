import functools


class Poly:
    def __init__(self, coefficients):
        self.c = list(coefficients)

    def _pair(self, other):
        n = max(len(self.c), len(other.c))
        return zip(self.c + [0] * (n - len(self.c)), other.c + [0] * (n - len(other.c)))

    def __eq__(self, other):
        return isinstance(other, Poly) and self.c == other.c

    __hash__ = None

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.c, getattr(other, "c", other)))

    __rmatmul__ = __matmul__

    def __mul__(self, other):
        if isinstance(other, Poly):
            out = [0] * (len(self.c) + len(other.c) - 1)
            for i, a in enumerate(self.c):
                for j, b in enumerate(other.c):
                    out[i + j] += a * b
            return Poly(out)
        return Poly([a * other for a in self.c])

    __rmul__ = __mul__

    def __iadd__(self, other):
        self.c = [a + b for a, b in self._pair(other)]
        return self

    def __sub__(self, other):
        return Poly([a - b for a, b in self._pair(other)])

    def __neg__(self):
        return Poly([-a for a in self.c])

    def __pos__(self):
        return self

    def __call__(self, x):
        return sum(a * x**i for i, a in enumerate(self.c))

    def __repr__(self):
        return f"Poly({self.c})"


class Mod:
    def __init__(self, value, n):
        self.value, self.n = value % n, n

    def __eq__(self, other):
        return isinstance(other, Mod) and (self.value, self.n) == (other.value, other.n)

    def __hash__(self):
        return hash((self.value, self.n))

    def __add__(self, other):
        if not isinstance(other, (int, Mod)):
            return NotImplemented
        return Mod(self.value + int(other), self.n)

    __radd__ = __add__

    def __floordiv__(self, k):
        return Mod(self.value // k, self.n)

    def __mod__(self, k):
        return self.value % k

    def __divmod__(self, k):
        return self // k, self % k

    def __pow__(self, k, modulus=None):
        if modulus is not None:
            return pow(self.value, k, modulus)
        return Mod(pow(self.value, k, self.n), self.n)

    def __rpow__(self, base):
        return base**self.value

    def __index__(self):
        return self.value

    def __int__(self):
        return self.value

    def __float__(self):
        return float(self.value)

    def __complex__(self):
        return complex(self.value)

    def __round__(self, digits=None):
        return round(self.value, digits) if digits is not None else self.value

    def __floor__(self):
        return self.value

    def __ceil__(self):
        return self.value + 1

    def __trunc__(self):
        return self.value

    def __abs__(self):
        return self.value

    def __and__(self, o):
        return self.value & o

    __rand__ = __and__

    def __or__(self, o):
        return self.value | o

    def __xor__(self, o):
        return self.value ^ o

    def __lshift__(self, o):
        return self.value << o

    def __rshift__(self, o):
        return self.value >> o

    def __invert__(self):
        return self.n - 1 - self.value

    def __bool__(self):
        return self.value != 0

    def __format__(self, spec):
        if spec.endswith("short"):
            return format(str(self.value), spec[: -len("short")])
        if spec:
            raise ValueError(f"unknown format {spec!r}")
        return f"{self.value} (mod {self.n})"

    def __repr__(self):
        return f"Mod({self.value}, {self.n})"


@functools.total_ordering
class Roman:
    VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    PARTS = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]

    def __init__(self, text):
        self.text = text

    def __int__(self):
        total = 0
        for a, b in zip(self.text, self.text[1:] + " "):
            v = self.VALUES[a]
            total += -v if v < self.VALUES.get(b, 0) else v
        return total

    def __eq__(self, other):
        return isinstance(other, (int, Roman)) and int(self) == int(other)

    def __lt__(self, other):
        return int(self) < int(other)

    def __hash__(self):
        return hash(int(self))

    def __add__(self, other):
        n, out = int(self) + int(other), ""
        for value, sign in self.PARTS:
            while n >= value:
                out += sign
                n -= value
        return Roman(out)

    def __bytes__(self):
        return self.text.encode()

    def __reversed__(self):
        return iter(self.text[::-1])

    def __len__(self):
        return len(self.text)

    def __contains__(self, item):
        return item == int(self) if isinstance(item, int) else item in self.text

    def __str__(self):
        return self.text


class _Labels(dict):
    def __missing__(self, key):
        return key.upper()


class Grid:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        self.labels = _Labels()

    def __getitem__(self, key):
        if isinstance(key, tuple):
            r, c = key
            if r is Ellipsis:
                r = slice(None)
            if isinstance(r, slice):
                return [row[c] for row in self.rows[r]]
            return self.rows[r][c]
        if isinstance(key, str):
            raise TypeError("str is no index")
        return self.rows[key]

    def __setitem__(self, key, value):
        if isinstance(key, tuple):
            self.rows[key[0]][key[1]] = value
        else:
            self.rows[key] = value

    def __delitem__(self, key):
        del self.rows[key]

    def __len__(self):
        return len(self.rows)
