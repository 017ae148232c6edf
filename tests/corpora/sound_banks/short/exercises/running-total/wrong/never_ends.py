def running_total(numbers):
    totals = []
    while True:
        totals.append(len(totals))
