"""What a patient says against a pause of booking, and the pauses that stand (A04).

The registration desk writes the appeal down as it hears it; lifting the pause (`missed`) is another act, with a reason.
"""

from datetime import datetime
from uuid import UUID

from hospital.appointments.errors import NotBlockKeeper, UnknownBlock
from hospital.appointments.missed import card_of, trace_block
from hospital.appointments.models import BookingBlock
from hospital.appointments.types import BlockCard
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, ActorKind, Role


def list_standing_blocks(*, now: datetime, limit: int = 200) -> list[BlockCard]:
    """The pauses that stand now, whoever they are of; those with an appeal first, then the oldest. One statement."""
    rows = BookingBlock.objects.filter(until__gt=now, lifted_at=None)
    found = [card_of(row) for row in rows.order_by("since")[:limit]]
    return sorted(found, key=lambda card: card.appealed_at is None)


def note_appeal(*, block_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Writes down what the patient says; a later word takes the place of an earlier one, which the audit trail keeps.

    Access to the person is the caller's check. Refusals: `NotBlockKeeper` (not a registrar, or no words),
    `UnknownBlock`.
    """
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.REGISTRAR) or not text.strip():
        raise NotBlockKeeper
    with acting(actor=actor):
        row = BookingBlock.objects.select_for_update().filter(pk=block_id, until__gt=now, lifted_at=None).first()
        if row is None:
            raise UnknownBlock
        row.appeal, row.appealed_at = text.strip()[:300], now
        row.save(update_fields=["appeal", "appealed_at"])
        trace_block("appointments.note_appeal", row, actor=actor, now=now, reason=row.appeal)
