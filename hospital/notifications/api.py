"""The front door of messages."""

from hospital.notifications.services import queue_email

__all__ = ["queue_email"]
