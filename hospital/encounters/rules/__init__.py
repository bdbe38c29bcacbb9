"""Pure functions of the waiting line."""
