"""The chronology on the screen."""
