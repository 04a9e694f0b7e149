"""The parts of Opsætning, one a file; each is made when it is first looked at."""
