"""The numbers of the operations that only one of the two sides serves."""

from typing import Final

from examengine.grading.wire.endpoint import DERIVE, PICKLE, RESTORE, UNPICKLE

# Served by the candidate.
IMPORT: Final = 64
SOURCE: Final = 65
PATCH: Final = 66
SURROUNDINGS: Final = 67
FORGET: Final = 68
SEED: Final = 69
DOCTEST: Final = 70
RUN_MODULE: Final = 71
RUN_SCRIPT: Final = 72
HINTS: Final = 73
TEXT: Final = 74

# Served by the judge.
ASK: Final = 80
READ_INPUT: Final = 81
WARN: Final = 82
LOG: Final = 83

__all__ = [
    "ASK",
    "DERIVE",
    "DOCTEST",
    "FORGET",
    "HINTS",
    "IMPORT",
    "LOG",
    "PATCH",
    "PICKLE",
    "READ_INPUT",
    "RESTORE",
    "RUN_MODULE",
    "RUN_SCRIPT",
    "SEED",
    "SOURCE",
    "SURROUNDINGS",
    "TEXT",
    "UNPICKLE",
    "WARN",
]
