class Temperature:
    made = 0

    def __init__(self, celsius):
        self.celsius = celsius
        self.fahrenheit = celsius * 2
        self.kelvin = 0
        self.computed = [1]


class Positive:
    pass


class Typed:
    def __init__(self, amount, name):
        self.amount = amount


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.__secret = 41

    def __getattr__(self, name):
        return "x"
