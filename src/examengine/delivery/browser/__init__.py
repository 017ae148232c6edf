"""The page around the screens in a browser: its server and its files."""
