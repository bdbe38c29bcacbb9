"""How examination reports are written: the kinds with their fields, and phrases that render in both languages."""
