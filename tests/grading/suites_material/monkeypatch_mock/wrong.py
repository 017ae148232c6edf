import random as r

FACTOR = 10
SETTINGS = {"lang": "en"}
counter = 0


def fetch(url):
    raise RuntimeError("no network")


def report(url):
    return "20 degrees"


def roll():
    return r.choice([1, 2])


def draw():
    return object()


def wait(seconds):
    pass


def mode():
    return "prod"


def scaled(n):
    return n * 10


class Service:
    def __init__(self, db):
        self.db = db

    def name_of(self, key):
        return "Ada"

    def greet(self, key):
        return "hello"

    def save(self, text, urgent=False):
        pass


def size(box):
    return 0


def language():
    return "en"


def increment():
    pass


def count_lines(path):
    return 1


def main():
    return "hello"


def helper(n):
    return n + 3


def uses_helper(n):
    return n + 3
