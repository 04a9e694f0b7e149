"""Visits of one child: the list with the sheet of what is chosen, and the page one writes a visit on."""
