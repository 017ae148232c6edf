class Box:
    def __init__(self, values):
        self.values = sorted(values)

    def largest(self):
        return self.values[-1]
