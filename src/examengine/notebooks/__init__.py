"""Exercises and submissions as Jupyter notebooks: values, text and static analysis; nothing is run here."""
