"""Prompts, each to be matched with an option."""
