"""The parts of the plan on the screen."""
