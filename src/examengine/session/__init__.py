"""One sitting of a form: commands, events, state and timing, all pure. Clocks and journals are handed in."""
