def running_total(numbers):
    return sum(numbers)
