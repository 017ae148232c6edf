"""Options to be put in order; some may not belong to it."""
