"""Samarbejde: the actors around the family, internal and resource-centre meetings, talks with a psychologist, the first
meeting, and analysis sheets of one case."""
