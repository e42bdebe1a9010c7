"""The face for a person: tray icon and window. The only package that knows Qt."""
