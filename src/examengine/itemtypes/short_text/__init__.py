"""A short text to type: accepted answers after normalising, and patterns."""
