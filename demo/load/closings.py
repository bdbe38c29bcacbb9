"""The daily settlements of the smaller campuses; the Center's windows are still open."""

from datetime import datetime

from demo.load.actors import loader, staff_actor
from hospital.tills.api import DENOMINATIONS, close_machines, close_till, read_open_till
from hospital.tills.types import TillKind

_CASHIERS = ("wei.jiamin", "tian.meiqi", "ning.xue")


def load_closings(*, now: datetime) -> None:
    """Signs what these cashiers took, counted to the cent, and closes what phones took."""
    for username in _CASHIERS:
        cashier = staff_actor(username)
        till = read_open_till(campus_code=cashier.campus_code, kind=TillKind.CASHIER, holder=cashier.id, now=now)
        while till.entries:
            close_till(
                expected_entries=len(till.entries),
                counts=_count(int(till.summary.cash * 100)),
                cause=None,
                explanation="",
                actor=cashier,
                now=now,
            )
            if till.ends_at is None:
                break
            till = read_open_till(campus_code=cashier.campus_code, kind=TillKind.CASHIER, holder=cashier.id, now=now)
    close_machines(actor=loader(), now=now)


def _count(fen: int) -> dict[str, int]:
    """As few notes and coins as make this amount."""
    counts = {}
    for piece in DENOMINATIONS:
        counts[str(piece)], fen = divmod(fen, int(piece * 100))
    return counts
