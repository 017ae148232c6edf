# kind: broken
# tries: defines only one of the names
# expect: error failed
# earns: 1
# says: Tally



def median(values):
    values = sorted(values)
    if not values:
        raise ValueError("empty")
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


