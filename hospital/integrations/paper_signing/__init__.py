"""Signatures of papers: PAdES with a key from the environment."""
