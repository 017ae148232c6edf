class CustomSet:
    def __init__(self, items=()):
        self.items = list(items)

    def isempty(self):
        return self.items

    def __contains__(self, x):
        return True

    def issubset(self, other):
        return True

    def __le__(self, other):
        return True

    def __eq__(self, other):
        return self.items == other.items

    def add(self, x):
        self.items.append(x)

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)
