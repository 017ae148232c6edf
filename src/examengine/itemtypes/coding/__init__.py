"""Code written by the candidate, graded by hidden tests in parts."""
