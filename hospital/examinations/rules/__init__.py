"""Which examinations go together, in which order, and the plan that follows: pure functions."""
