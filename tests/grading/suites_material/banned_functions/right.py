class Box:
    def __init__(self, values):
        self.values = values

    def largest(self):
        best = self.values[0]
        for value in self.values:
            if value > best:
                best = value
        return best
