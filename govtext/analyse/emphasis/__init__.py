"""Coded sentences -> what a report stresses, how sure that is, and the words behind it."""
