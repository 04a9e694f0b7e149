"""Wire messages, sealing of operations, merge."""
