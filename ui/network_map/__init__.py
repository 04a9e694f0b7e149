"""The editor of a netværkskort: its session, its view, its tray and drawer, and the list twin."""
