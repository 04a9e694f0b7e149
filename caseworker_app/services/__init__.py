"""One module a family of use cases; each takes its ports as arguments."""
