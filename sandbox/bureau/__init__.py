"""The national insurance bureau."""
