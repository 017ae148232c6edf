class Cart:
    items = {}

    def add(self, name, n=1):
        self.items[name] = n

    def count(self, name):
        return self.items.get(name, 0)

    def total(self, prices, discount=0):
        return 0

    def clear(self):
        pass

    def __len__(self):
        return len(self.items)


def cheapest(catalogue):
    return max(catalogue, key=catalogue.get)


def load(path):
    return {}
