import argparse
import os
import random
import time

FACTOR = 10
SETTINGS = {"lang": "en"}
counter = 0


def fetch(url):
    raise RuntimeError("no network")


def report(url):
    return f"{fetch(url)['temp']} degrees"


def roll():
    return random.randint(1, 6)


def draw():
    return [random.random() for _ in range(3)]


def wait(seconds):
    time.sleep(seconds)


def mode():
    return os.environ.get("APP_MODE", "prod")


def scaled(n):
    return n * FACTOR


class Service:
    def __init__(self, db):
        self.db = db

    def name_of(self, key):
        return self.db.get(key)["name"]

    def greet(self, key):
        return "hello " + self.name_of(key)

    def save(self, text, urgent=False):
        self.db.write(text, urgent=urgent)


def size(box):
    return len(box)


def language():
    return SETTINGS["lang"]


def increment():
    global counter
    counter += 1


def count_lines(path):
    with open(path) as f:
        return sum(1 for _ in f)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name")
    return "hello " + parser.parse_args().name


def helper(n):
    return n + 3


def uses_helper(n):
    return helper(n)
