import abc, functools
class A:
    def who(self): return "A"
class B(A):
    def who(self): return "B" + super().who()
class C(A):
    def who(self): return "C" + super().who()
class D(C, B):
    def who(self): return "D" + super().who()
class E(Exception): pass
class F(Exception): pass
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class L(list): pass
