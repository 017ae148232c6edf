"""The wire between judge and candidate: frames, codec, handles. Data crosses, code never does."""
