"""The judge: runs the hidden tests against a proxy of the submission. Trusted code."""
