"""Structured logs."""

from robolearn.observability.logs import configure_logs, get_logger

__all__ = ["configure_logs", "get_logger"]
