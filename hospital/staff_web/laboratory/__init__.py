"""The laboratory desk: specimens, results, the second person, the report (R56)."""
