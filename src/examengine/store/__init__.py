"""Sessions on disk: SQLite journal, forms, exercise packages, evidence, and the lock of a session."""
