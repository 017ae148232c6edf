"""The line mode: a session as lines in and lines out, for screen readers, pipes and scripts."""
