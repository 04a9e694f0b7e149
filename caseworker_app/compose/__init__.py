"""The only place that knows every part of the house and puts them together."""
