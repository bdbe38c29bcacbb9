"""Messages in an inbox."""

from uuid import UUID

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.notifications.models import InboxMessage


def make_message(account_id: UUID | str, **facts: object) -> InboxMessage:
    """An unread message of an account."""
    known = {"kind": "report", "title_zh": "您的报告已出", "title_en": "A report is ready", "created_at": TEN}
    return InboxMessage.objects.create(account_id=account_id, key=str(new_id()), **(known | facts))
