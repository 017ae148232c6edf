from collections import namedtuple
from dataclasses import dataclass


class Point3:
    def __init__(self, x, y, z=0):
        self.x, self.y, self.z = x, y, z


@dataclass
class Card:
    name: str
    rank: int


@dataclass
class Line:
    start: object
    end: object


@dataclass
class Config:
    host: str
    port: int = 80


class Inventory:
    items = []
    owner = "nobody"


@dataclass
class Employee:
    name: str
    salary: int = 0
    secret: int = 0
    email: str = ""


@dataclass
class Money:
    amount: int
    currency: str


@dataclass
class Temperature:
    celsius: float


@dataclass
class Node:
    value: int
    children: tuple = ()


Color = namedtuple("Color", "r g b")
