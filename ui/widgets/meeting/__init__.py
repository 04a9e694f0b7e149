"""The parts of the meeting's page."""
