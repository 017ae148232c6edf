import json


class Cart:
    def __init__(self):
        self._items = {}

    def add(self, name, n=1):
        self._items[name] = self._items.get(name, 0) + n

    def count(self, name):
        return self._items.get(name, 0)

    def total(self, prices, discount=0):
        return sum(prices[k] * n for k, n in self._items.items()) * (1 - discount)

    def clear(self):
        self._items.clear()

    def __len__(self):
        return len(self._items)

    def keys(self):
        return self._items.keys()

    def __getitem__(self, name):
        return self._items[name]


def cheapest(catalogue):
    return min(catalogue, key=catalogue.get)


def load(path):
    with open(path) as f:
        return json.load(f)
