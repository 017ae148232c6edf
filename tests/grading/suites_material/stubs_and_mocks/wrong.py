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
        return "heat"


def remember(store, key, value):
    store[key] = value


def write_all(file, lines):
    for line in lines:
        file.write(line)


def write_plain(file, values):
    print(*values, file=file)


def total(order):
    return order.price


def mark(thing):
    pass


def elapsed(clock):
    return clock()


class Notifier:
    def __init__(self, sender):
        self.sender = sender

    def notify(self, to, text):
        return self.sender.send(to, text)

    def broadcast(self, everybody, text):
        self.sender.send(everybody, text)


class Cart:
    def total(self):
        return 0

    def price_of(self, n):
        return 0

    empty = True


def fetch(url):
    return {"n": 0}


def load(url):
    return 0


def convert(x):
    return x


def greet(name):
    print(name)


def roll(n):
    return [4] * n
