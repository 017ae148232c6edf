"""Reports of a session: one value, one file per format; `formats` lists them."""
