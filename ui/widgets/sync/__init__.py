"""Sync on the screen: where it stands, signing in, the user's devices, who shares a case."""
