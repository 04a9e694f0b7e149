"""The netværkskort in the window: drawn on with mouse, fingers, taps and keys."""
