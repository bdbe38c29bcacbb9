"""Pure functions: what a receipt says, and which one comes next."""
