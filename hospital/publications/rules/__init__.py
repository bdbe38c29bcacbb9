"""Pure rules of the publications."""
