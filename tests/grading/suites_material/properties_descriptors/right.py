import functools


class Temperature:
    made = 0

    def __init__(self, celsius):
        self.celsius = celsius
        Temperature.made += 1

    @property
    def celsius(self):
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._c = value

    @celsius.deleter
    def celsius(self):
        del self._c

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, f):
        self.celsius = (f - 32) * 5 / 9

    @property
    def kelvin(self):
        return self.celsius + 273.15

    @functools.cached_property
    def computed(self):
        return [self.celsius]


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError("negative")
        setattr(obj, self.name, value)


class Typed:
    amount = Positive()

    def __init__(self, amount, name):
        self.amount = amount
        self.name = name


class Account:
    __slots__ = ("owner", "__secret")

    def __init__(self, owner):
        self.owner = owner
        self.__secret = 42

    def __getattr__(self, name):
        if name.startswith("magic"):
            return name.replace("_", " ")
        raise AttributeError(f"plain {name}")

    def __call__(self, n):
        return f"{self.owner} called with {n}"
