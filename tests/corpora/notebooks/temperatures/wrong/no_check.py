# %% [mean] your answer
def mean(values):
    return sum(values) / len(values)

# %% [spread] your answer
def spread(values):
    return max(abs(value - mean(values)) for value in values)

# %% [log] your answer
class Log:
    def __init__(self):
        self.values = []

    def add(self, celsius):
        self.values.append(celsius)

    def fahrenheit(self):
        return [to_fahrenheit(value) for value in self.values]
