"""Stand-ins for the machine: a clock that is set, ids in sequence, a grader with a script."""
