"""The publications desk: what patients read, in both languages side by side (A02)."""
