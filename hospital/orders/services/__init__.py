"""Writes of orders, split by what they do: drafts, signing, and what becomes of a signed line."""
