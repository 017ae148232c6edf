def roman(n):
    return "I" * n


def digits(n):
    return str(n)
