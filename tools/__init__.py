"""Chores of this project itself: the study anew, the checks, the laboratory. Not installed."""
