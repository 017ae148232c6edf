class CustomSet:
    def __init__(self, items=()):
        self._d = dict.fromkeys(items)

    def isempty(self):
        return not self._d

    def __contains__(self, x):
        return x in self._d

    def __iter__(self):
        return iter(self._d)

    def __len__(self):
        return len(self._d)

    def issubset(self, other):
        return all(x in other for x in self)

    __le__ = issubset

    def __eq__(self, other):
        return len(self) == len(other) and self <= other

    def add(self, x):
        self._d[x] = None

    def __and__(self, other):
        return CustomSet(x for x in self if x in other)

    def __or__(self, other):
        return CustomSet([*self, *other])

    def __sub__(self, other):
        return CustomSet(x for x in self if x not in other)

    def __xor__(self, other):
        return (self - other) | (other - self)
