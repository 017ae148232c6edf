SEEN = [0]


def area(width, height):
    total = 0
    for _ in range(height):
        total += width
    return total
