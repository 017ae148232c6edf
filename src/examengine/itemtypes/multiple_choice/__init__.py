"""One best answer among options."""
