"""The face for a terminal."""
