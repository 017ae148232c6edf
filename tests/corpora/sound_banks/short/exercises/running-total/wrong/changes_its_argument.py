def running_total(numbers):
    for place in range(1, len(numbers)):
        numbers[place] += numbers[place - 1]
    return list(numbers)
