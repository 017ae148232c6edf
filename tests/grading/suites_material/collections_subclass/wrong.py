class Stack(list):
    def push(self, x):
        self.insert(0, x)

    def peek(self):
        return self[0]


class UniqueList(list):
    pass


class CaseDict(dict):
    pass


class Registry(dict):
    pass


class Celsius(float):
    @property
    def fahrenheit(self):
        return self + 32


class Name(str):
    def shout(self):
        return self


class History(list):
    def last(self):
        return self[0]


class Matrix(tuple):
    def transpose(self):
        return self
