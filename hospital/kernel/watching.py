"""Tickets to watch topics at the live process (`config/live.py`), which knows no sessions and asks no database.

A ticket names what may be watched and is signed; what is told is only that something changed, never what.
"""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer

from hospital.kernel.clock import local_day

CHANNEL = "imc_live"  # of PostgreSQL's notices
_signer = Signer(salt="imc.live")
_DAYS = 1  # how many days after its own a ticket still opens


def watch_address(*, topics: Iterable[str], now: datetime) -> str:
    """Where changes of `topics` are told as server-sent events; empty where no live process is set up.

    The same topics give the same address all day, so that a page need not open it anew.
    """
    if not settings.LIVE_URL:
        return ""
    ticket = _signer.sign_object([local_day(now).isoformat(), sorted(set(topics))], compress=True)
    return f"{settings.LIVE_URL}?{urlencode({'ticket': ticket})}"


def read_ticket(ticket: str, *, now: datetime) -> frozenset[str]:
    """The topics that a ticket opens; none for a forged or old one."""
    try:
        day, topics = _signer.unsign_object(ticket)
    except (BadSignature, ValueError):
        return frozenset()
    is_valid = 0 <= (local_day(now) - date.fromisoformat(day)).days <= _DAYS
    return frozenset(topics) if is_valid else frozenset()
