"""Fictional children, families and meetings: what the demo, the tests, the pictures and the benchmarks look at."""
