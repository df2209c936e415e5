"""Benchmarks: ratios to a peer or to the raw work. `python -m benchmarks` runs them."""
