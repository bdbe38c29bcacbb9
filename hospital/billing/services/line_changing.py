"""An approved change of a visit's service line prices its unsettled lines again (brief §1.6.6-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.errors import PaymentInProgress
from hospital.billing.models import Charge
from hospital.billing.rules.pricing import price_line
from hospital.billing.rules.repricing import LineChange, Timeline, place_line
from hospital.billing.services.locks import free_expired, lock_charges
from hospital.billing.services.snapshots import PRICE_COLUMNS, price_columns
from hospital.billing.states import ChargeState
from hospital.billing.types import LineToPrice
from hospital.catalog.api import get_pricing_settings, load_price_book
from hospital.catalog.types import ServiceLine, VisitType
from hospital.kernel.actors import Actor
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class RepricedLine:
    """An unsettled line before and after."""

    charge_id: UUID
    name: BilingualText
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Repricing:
    """What a change of the service line does, or did, to the unsettled lines of a visit. Settled lines stay."""

    lines: tuple[RepricedLine, ...]

    @property
    def before(self) -> Decimal:
        """What they cost so far."""
        return sum((line.before for line in self.lines), ZERO)

    @property
    def after(self) -> Decimal:
        """What they cost on the new line."""
        return sum((line.after for line in self.lines), ZERO)


def preview_line_change(*, encounter_id: UUID, to: ServiceLine, now: datetime) -> Repricing:
    """What the unsettled lines of a visit would cost on another service line; changes nothing.

    The caller has checked access. Refuses `PriceNotInForce`.
    """
    rows = list(Charge.objects.filter(encounter_id=encounter_id, state__in=_UNSETTLED).order_by("occurred_at", "id"))
    return _reprice(rows, to=to, now=now)


def reprice_for_line(*, encounter_id: UUID, to: ServiceLine, actor: Actor, now: datetime) -> Repricing:
    """Prices the unsettled lines of a visit on its new service line, as of their own occurrence.

    In the transaction that approves the change. Quotes in hand end with it, for they no longer match. Refuses
    `PaymentInProgress` (somebody is paying a line of it), `PriceNotInForce`.
    """
    with acting(actor=actor):
        found = Charge.objects.filter(encounter_id=encounter_id, state__in=_UNSETTLED)
        ids = list(found.values_list("id", flat=True))
        if not ids:
            return Repricing(())
        free_expired(ids, now)
        rows = [row for row in lock_charges(ids) if row.state in _UNSETTLED]
        if any(row.state == ChargeState.CONFIRMED for row in rows):
            raise PaymentInProgress
        done = _reprice(rows, to=to, now=now)
        Charge.objects.bulk_update(rows, [*PRICE_COLUMNS, "service_line", "version"])
        for row, line in zip(rows, done.lines, strict=True):
            record_act(
                actor=actor,
                action="billing.reprice",
                subject_kind="charge",
                subject_id=str(row.id),
                person_id=row.person_id,
                now=now,
                details={"to": to.value, "before": str(line.before), "after": str(line.after)},
            )
    return done


_UNSETTLED = (ChargeState.PENDING, ChargeState.CONFIRMED)


def _reprice(rows: Sequence[Charge], *, to: ServiceLine, now: datetime) -> Repricing:
    """Prices rows on a new line, in memory, in their order."""
    if not rows:
        return Repricing(())
    hold = get_pricing_settings().price_hold
    book = load_price_book(codes={code for row in rows for code in (row.item_code, *row.composites)}, now=now).book
    done = []
    for row in rows:
        timeline = Timeline(
            visit_type=VisitType(row.visit_type),
            transfers=(),
            change=LineChange(at=now, to=to),
            hold=hold,
        )
        # No line beside the new one: what a clock ahead of ours says to have occurred after the change takes it too.
        placed = place_line(timeline, occurred_at=row.occurred_at, preview_at=None, settled_at=None)
        priced = price_line(
            book=book,
            line=LineToPrice(
                item=book.find_item(row.item_code, placed.priced_at),
                qty=row.qty,
                service_line=placed.service_line,
                visit_type=VisitType(row.visit_type),
                campus=row.campus_id,
                occurred_at=row.occurred_at,
                priced_at=placed.priced_at,
                age_years=row.age_years,
                is_emergency=row.is_emergency,
                path=tuple(row.composites),
            ),
        )
        before = row.total
        for name, value in price_columns(priced, settings_version=book.settings.version).items():
            setattr(row, name, value)
        row.service_line = placed.service_line.value
        row.version += 1
        done.append(RepricedLine(charge_id=row.id, name=row.name, before=before, after=priced.total))
    return Repricing(tuple(done))
