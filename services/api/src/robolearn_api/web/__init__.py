"""The pages that people read: server-rendered, enhanced by a few small scripts, no third-party host."""

from robolearn_api.web.routes import mount_pages

__all__ = ["mount_pages"]
