"""Use cases, one verb a file: the only place where banks, forms, sessions, store, grading, scoring and reports meet."""
