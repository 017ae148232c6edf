"""A number, within bands of tolerance."""
