"""What stands on the page I dag."""
