"""Writes of translations: asking, writing, reading a second time, the glossary."""
