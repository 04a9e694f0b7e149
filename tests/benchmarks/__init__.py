"""Measured promises; ``python3 start.py bench`` runs them, ``docs/benchmarks.md`` tells what each means."""
