"""Statements, each to be judged yes or no."""
