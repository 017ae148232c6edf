"""Ids, base models, clock and random sources, evidence, and the error tree; imports nothing of ours."""
