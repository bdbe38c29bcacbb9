"""Writing an order set into a visit: each of its lines as if it were written by hand (D52, D53, N11)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import Formula, add_drug, get_order_set
from hospital.orders.types import SetLineView
from hospital.workflows.kidney_function import find_gfr
from hospital.workflows.order_test import order_test
from hospital.workflows.rewrite_decoction import RewrittenDecoction


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSet:
    """What became of a set: how many lines stand in the visit now, and why the others do not."""

    written: int
    refused: tuple[tuple[BilingualText, str], ...]


def write_order_set(*, set_id: UUID, encounter_id: UUID, actor: Actor, now: datetime) -> WrittenSet:
    """Writes every line under the visit's rules; what is refused, a recent recognized result among it, is told.

    Refusals: `UnknownOrderSet`, `UnknownEncounter`, `NoCareRelation`.
    """
    order_set = get_order_set(set_id=set_id, actor=actor)
    person_id = get_encounter(encounter_id=encounter_id).person_id
    gfr = find_gfr(person_id=person_id, actor=actor, now=now)
    written, refused = 0, []
    decoction = RewrittenDecoction(encounter_id, order_set.formula or Formula(), gfr=gfr, actor=actor, now=now)
    for line in order_set.lines:
        try:
            if line.piece is not None:
                decoction.add(line.item_code, line.piece)
            else:
                _write(line, encounter_id=encounter_id, gfr=gfr, actor=actor, now=now)
            written += 1
        except Refusal as refusal:
            refused.append((line.name, refusal.message))
    return WrittenSet(written=written, refused=tuple(refused))


def _write(line: SetLineView, *, encounter_id: UUID, gfr: int | None, actor: Actor, now: datetime) -> None:
    if line.directions is None:
        order_test(encounter_id=encounter_id, kind=line.kind, item_code=line.item_code, actor=actor, now=now)
        return
    add_drug(
        encounter_id=encounter_id,
        item_code=line.item_code,
        directions=line.directions,
        actor=actor,
        now=now,
        gfr=gfr,
    )
