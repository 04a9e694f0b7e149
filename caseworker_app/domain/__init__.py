"""The field's own rules and things, on the standard library alone."""
