import solution

PRICES = {"apple": 2, "pear": 3}


def make_cart(**items):
    cart = solution.Cart()
    for name, n in items.items():
        cart.add(name, n)
    return cart
