"""Quality and learning: the board of trial actions, KIK sheets, ELEVator for a group."""
