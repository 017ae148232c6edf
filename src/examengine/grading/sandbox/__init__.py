"""The layers that hold judge and candidate: namespaces, Landlock, seccomp, limits, Seatbelt.

Everything here speaks to the kernel through ctypes and imports nothing but the standard library:
the warm parent loads it, and its forks enter it one layer after the other.
"""
