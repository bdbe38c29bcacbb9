"""Wall time in Guangzhou for the loaded day."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def local_date(moment: datetime) -> date:
    """The day it is in Guangzhou at this instant."""
    return moment.astimezone(SHANGHAI).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by Guangzhou's clock."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)
