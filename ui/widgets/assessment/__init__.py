"""Underretning og undersøgelse: the parts of the section, each a register at the left and a sheet at the right."""
