"""Exit codes by which a judge or candidate tells the supervisor how it ended by itself."""

OUT_OF_MEMORY = 96
"""There was no memory left to go on."""
FAILED_TO_START = 98
"""It could not enter its sandbox."""
FAILED_TO_RUN = 99
"""Its own code broke, such as by a submission that replaced what it needs."""
