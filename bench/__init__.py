"""Benchmarks of the product; `./imc bench` runs them."""
