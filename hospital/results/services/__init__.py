"""Writes of the laboratory, split by noun: specimens, results, reports, base data."""
