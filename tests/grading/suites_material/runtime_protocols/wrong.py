class Shape:
    pass


class Circle:
    def __init__(self, radius):
        self.radius = radius


class Square(Circle):
    def area(self):
        return 1


def area_of_all(shapes):
    return len(shapes)


class Queue(list):
    pass


class Deck(list):
    pass


class Table(dict):
    pass


class Animal:
    def speak(self):
        return "..."


class Celsius(float):
    pass


class Fahrenheit(Celsius):
    pass


class Point:
    pass


def describe(value):
    return str(value)
