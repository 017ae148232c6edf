"""Gaps in a text, a table or code, each with options of its own."""
