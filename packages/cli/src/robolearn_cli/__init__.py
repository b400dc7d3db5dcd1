"""The robolearn command and the all-in-one process."""
