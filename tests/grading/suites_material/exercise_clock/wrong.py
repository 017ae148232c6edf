class Clock:
    def __init__(self, hour, minute):
        self.hour, self.minute = hour, minute

    def __str__(self):
        return f"{self.hour:02d}:{self.minute:02d}"

    def __add__(self, minutes):
        self.minute += minutes
        return self

    def __sub__(self, minutes):
        return self + -minutes
