"""The door of a mesh: what only an entry node does."""
