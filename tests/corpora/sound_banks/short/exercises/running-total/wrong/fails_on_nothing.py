def running_total(numbers):
    totals = [numbers[0]]
    for number in numbers[1:]:
        totals.append(totals[-1] + number)
    return totals
