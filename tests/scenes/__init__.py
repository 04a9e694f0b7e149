"""The acceptance scenes of the netværkskort, played in the real window over the real store."""
