"""Writes of the pharmacy: review, dispensing, stock."""
