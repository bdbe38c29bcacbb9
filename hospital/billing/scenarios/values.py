"""Reading single values of a scenario; what cannot be read is named."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from hospital.billing.errors import ScenarioMalformed
from hospital.kernel.clock import SHANGHAI

Row = Mapping[str, object]
E = TypeVar("E", bound=StrEnum)
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def read_row(value: object, name: str) -> Row:
    """An object; an absent one is empty."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ScenarioMalformed(what=name)
    return value


def read_rows(row: Row, name: str) -> Sequence[Row]:
    """A list of objects; an absent one is empty."""
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ScenarioMalformed(what=name)
    return [read_row(each, name) for each in value]


def read_text(row: Row, name: str, default: str | None = None) -> str:
    """A text; numbers are taken as they are written."""
    value = row.get(name)
    if value is None:
        if default is None:
            raise ScenarioMalformed(what=name)
        return default
    if isinstance(value, bool | list | Mapping):
        raise ScenarioMalformed(what=name)
    return str(value)


def read_number(row: Row, name: str) -> Decimal:
    """A decimal number."""
    found = find_number(row, name)
    if found is None:
        raise ScenarioMalformed(what=name)
    return found


def find_number(row: Row, name: str) -> Decimal | None:
    """A decimal number, or None where the key is absent or null. Binary fractions are refused."""
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ScenarioMalformed(what=name)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ScenarioMalformed(what=name) from None
    if not number.is_finite():
        raise ScenarioMalformed(what=name)
    return number


def find_count(row: Row, name: str) -> int | None:
    """A whole number, or None."""
    number = find_number(row, name)
    if number is not None and number != int(number):
        raise ScenarioMalformed(what=name)
    return None if number is None else int(number)


def read_counts(row: Row, name: str) -> list[int]:
    """A list of whole numbers; an absent one is empty."""
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ScenarioMalformed(what=name)
    return [each for one in value if (each := find_count({name: one}, name)) is not None]


def read_flag(row: Row, name: str, default: bool = False) -> bool:
    """A yes or no."""
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise ScenarioMalformed(what=name)
    return value


def read_choice(kind: type[E], row: Row, name: str, default: E | None = None) -> E:
    """One of the values of an enumeration."""
    value = row.get(name)
    if value is None and default is not None:
        return default
    try:
        return kind(str(value))
    except ValueError:
        raise ScenarioMalformed(what=f"{name}: {value}") from None


def find_instant(row: Row, name: str) -> datetime | None:
    """An instant from Asia/Shanghai wall time; a bare date is its midnight. An offset that is given counts."""
    value = row.get(name)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise ScenarioMalformed(what=name) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=SHANGHAI)


def read_instant(row: Row, name: str) -> datetime:
    """An instant that has to be there."""
    found = find_instant(row, name)
    if found is None:
        raise ScenarioMalformed(what=name)
    return found


def find_day(row: Row, name: str) -> date | None:
    """A calendar day, or None."""
    found = find_instant(row, name)
    return None if found is None else found.astimezone(SHANGHAI).date()


def read_period(row: Row) -> tuple[datetime, datetime | None]:
    """The half-open period of a dated row; `from_day` and `to_day` are days as typed, inclusive (brief §1.6.7)."""
    first, last = find_day(row, "from_day"), find_day(row, "to_day")
    start = _midnight(first) if first is not None else find_instant(row, "from")
    end = _midnight(last + timedelta(days=1)) if last is not None else find_instant(row, "to")
    if start is None:
        start = find_instant(row, "published_at") or LONG_AGO
    return start, end


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
