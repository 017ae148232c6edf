def roman(n):
    if not isinstance(n, int):
        raise TypeError("int wanted")
    if n < 1:
        raise ValueError("too small")
    out = ""
    for value, text in [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while n >= value:
            out += text
            n -= value
    return out


def digits(n):
    return None if n is None else [int(c) for c in str(n)]
