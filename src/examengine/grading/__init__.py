"""Runs code: judge, candidate, wire, sandbox, warm parent.

The only package that starts processes to run submissions.
"""
