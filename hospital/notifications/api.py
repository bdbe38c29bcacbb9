"""The front door of messages."""

from hospital.notifications.choices import is_wanted, list_choices, set_choices
from hospital.notifications.inbox import (
    count_unread,
    get_message,
    list_messages,
    list_untold,
    mark_read,
    post_messages,
)
from hospital.notifications.services import notify_account, queue_email, queue_sms

__all__ = [
    "count_unread",
    "get_message",
    "is_wanted",
    "list_choices",
    "list_messages",
    "list_untold",
    "mark_read",
    "notify_account",
    "post_messages",
    "queue_email",
    "queue_sms",
    "set_choices",
]
