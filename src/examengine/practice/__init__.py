"""What to practise next, from what was practised: pure functions of values; times and zones come in as arguments."""
