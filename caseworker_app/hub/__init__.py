"""The hub: keeps one dense, chained log a stream, and never opens a payload."""
