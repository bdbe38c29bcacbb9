"""The hospital's wall clock. Instants are stored in UTC and spoken in Asia/Shanghai."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(now: datetime) -> date:
    """The hospital's calendar day at an instant."""
    return now.astimezone(SHANGHAI).date()
