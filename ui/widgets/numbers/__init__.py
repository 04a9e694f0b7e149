"""Tal: the period, the sheets with their charts, and the cases behind each number; a child's ladder in her case."""
