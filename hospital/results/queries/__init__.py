"""Reads of the laboratory: specimens for its own staff, reports for all who may see the person."""
