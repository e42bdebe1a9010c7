"""This computer: folders, files, secrets, hardware, logs. The only package that asks the system."""
