"""Writing a decoction of a set, of the last visit or of a prescription taken back into a visit, piece by piece."""

from datetime import datetime
from uuid import UUID

from hospital.kernel.actors import Actor
from hospital.orders.api import Formula, Piece, add_piece, list_lines


class RewrittenDecoction:
    """One new decoction of a visit: it begins with the first piece that the rules let through."""

    def __init__(self, encounter_id: UUID, formula: Formula, *, gfr: int | None, actor: Actor, now: datetime) -> None:
        self._encounter_id = encounter_id
        self._formula = formula
        self._gfr = gfr
        self._actor = actor
        self._now = now
        self._order_id: UUID | None = None

    def add(self, item_code: str, piece: Piece) -> None:
        """Writes a piece. Refuses what `add_piece` refuses; the pieces before it stay."""
        line_id = add_piece(
            encounter_id=self._encounter_id,
            item_code=item_code,
            piece=piece,
            order_id=self._order_id,
            formula=self._formula if self._order_id is None else None,
            gfr=self._gfr,
            actor=self._actor,
            now=self._now,
        )
        if self._order_id is None:
            self._order_id = list_lines(line_ids=[line_id])[line_id].order_id
