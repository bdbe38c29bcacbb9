"""The week of a pregnancy, counted from the day the child is due."""

from datetime import date, timedelta

LONGEST = timedelta(weeks=42)
WHOLE = timedelta(weeks=40)


def find_week(*, due_on: date, on: date) -> int | None:
    """The completed week of pregnancy on a day, 0 to 42; None before it began and once it must have ended."""
    days = (WHOLE - (due_on - on)).days
    return days // 7 if 0 <= days <= LONGEST.days else None
