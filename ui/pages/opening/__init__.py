"""The way in: making a store, opening it, the lock, and what is said when it will not open."""
