"""Timed mock exams in a terminal: mixed items, code graded by hidden tests, scores by domain."""

__version__ = "0.1.0"
