"""The core of the Robotics Learning Platform: what its services share."""

__version__ = "0.1.0"
