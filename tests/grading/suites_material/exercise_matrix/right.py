class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def row(self, i):
        return self.rows[i - 1]

    def column(self, j):
        return [r[j - 1] for r in self.rows]

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.rows[key[0]][key[1]]
        return self.rows[key]

    def __setitem__(self, key, value):
        self.rows[key[0]][key[1]] = value

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return iter(self.rows)

    def __eq__(self, other):
        return self.rows == other.rows

    def __mul__(self, k):
        return Matrix([[k * x for x in r] for r in self.rows])

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError("shape mismatch")
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])

    def det(self):
        if len(self) == 1:
            return self.rows[0][0]
        return sum((-1) ** j * x * Matrix([r[:j] + r[j + 1 :] for r in self.rows[1:]]).det() for j, x in enumerate(self.rows[0]))

    def __str__(self):
        return "\n".join(" ".join(map(str, r)) for r in self.rows)
