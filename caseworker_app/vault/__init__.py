"""Key slots, sealing and signing of bytes."""
