"""The journal on the screen: the list, reading, writing, and what stands beside it."""
