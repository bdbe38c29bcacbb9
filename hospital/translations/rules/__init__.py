"""Pure rules of a translation: what must stand in both languages, and what does not."""
