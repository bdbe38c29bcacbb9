"""The front door of messages."""

from hospital.notifications.inbox import (
    count_unread,
    get_message,
    list_messages,
    mark_read,
    post_messages,
    post_to_everybody,
)
from hospital.notifications.services import queue_email

__all__ = [
    "count_unread",
    "get_message",
    "list_messages",
    "mark_read",
    "post_messages",
    "post_to_everybody",
    "queue_email",
]
