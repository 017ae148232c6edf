"""REFERENCE-CANARY-61aa: no candidate may ever read this."""


def median(values):
    values = sorted(values)
    if not values:
        raise ValueError("empty")
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
