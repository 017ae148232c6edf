"""Several keys among options: choose a number, or all that apply."""
