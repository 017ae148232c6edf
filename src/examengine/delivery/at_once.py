"""Calls a function for many values, some of them at the same time."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def call_for_each(function: Callable[[Given], Made], values: Iterable[Given], jobs: int) -> list[Made]:
    """Return what a function makes of values, in their order, with `jobs` threads.

    Where one call raises, or the program is interrupted, no further call begins.
    """
    pool = ThreadPoolExecutor(jobs)
    try:
        return list(pool.map(function, values))
    finally:
        pool.shutdown(cancel_futures=True)
