import json
import os
import random
import time
import urllib.request
from datetime import datetime

RATE = 10
SETTINGS = {"debug": False}


class Thermostat:
    def __init__(self, sensor, target):
        self.sensor, self.target = sensor, target

    def step(self):
        return "heat" if self.sensor.read() < self.target else "off"

    def describe(self):
        return f"{self.sensor.name} at {self.target}"


def remember(store, key, value):
    store[key] = value
    store.save()


def write_all(file, lines):
    with file as f:
        for line in lines:
            f.write(line + "\n")


def write_plain(file, values):
    for v in values:
        print(v, file=file)


def total(order):
    return order.price * order.count


def mark(thing):
    thing.marked = True


def elapsed(clock):
    start = clock()
    return clock() - start


class Notifier:
    def __init__(self, sender):
        self.sender = sender

    def notify(self, to, text):
        return self.sender.send(to, text.upper(), urgent=False)

    def broadcast(self, everybody, text):
        for to in everybody:
            self.sender.send(to, text.upper(), urgent=True)


def measure(m):
    return len(m), m[2], list(m)


class Cart:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)

    def price_of(self, item):
        return 1

    def total(self):
        return sum(self.price_of(i) for i in self.items)

    @property
    def empty(self):
        return not self.items


def checkout(cart):
    return cart.total()


def same(x):
    return x


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return json.loads(answer.read())


def load(url):
    return fetch(url)["n"]


def convert(x):
    return x * RATE


def wait(seconds):
    time.sleep(seconds)


def now():
    return time.time()


def today():
    return datetime.now().strftime("%Y-%m-%d")


def double(x):
    return 2 * x


def quadruple(x):
    return double(double(x))


def sum_file(name):
    with open(name) as f:
        return sum(int(line) for line in f)


def ask_two():
    return int(input("a? ")) + int(input("b? "))


def greet(name):
    print("hello", name)


def mode():
    return os.environ.get("MODE", "none")


def is_debug():
    return SETTINGS["debug"]


async def double_async(get):
    return 2 * await get("q")


def roll(n):
    return [random.randint(1, 6) for _ in range(n)]
