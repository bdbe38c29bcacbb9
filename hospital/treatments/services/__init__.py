"""Writes of the treatment room."""
