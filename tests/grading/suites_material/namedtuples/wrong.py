class Card:
    def __init__(self, rank, suit):
        self.rank = rank
        self.suit = suit


class Employee(tuple):
    def __new__(cls, name, salary=0):
        return tuple.__new__(cls, (name, salary))

    @property
    def name(self):
        return self[0]

    def yearly(self):
        return 0


def best(staff):
    return tuple(staff[0])


def swap(p):
    return p


def first_field(p):
    return p[1]


def sort_deck(deck):
    return deck
