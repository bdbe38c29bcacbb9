"""Charging what was booked or ordered, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.models import Charge
from hospital.billing.rules.occurrence import count_completed_years
from hospital.billing.rules.pricing import price_line
from hospital.billing.services.snapshots import item_columns, price_columns
from hospital.billing.states import ChargeState, Execution
from hospital.billing.types import LineToPrice, OrderedLine, SourceKind
from hospital.catalog.api import load_price_book
from hospital.catalog.types import PricedCatalog, ServiceLine, VisitType
from hospital.encounters.api import hold_visit_terms
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.events import record_event
from hospital.patients.api import get_birth_date

_PRICING = system_actor("billing.pricing")


@dataclass(frozen=True, slots=True)
class _Source:
    source_id: UUID
    code: str
    qty: Decimal
    ordered_at: datetime
    occurred_at: datetime
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where and for whom the lines are charged."""

    source_kind: SourceKind
    person_id: UUID
    campus_code: str
    encounter_id: UUID | None
    service_line: ServiceLine
    visit_type: VisitType


def charge_registration(
    *,
    appointment_id: UUID,
    person_id: UUID,
    campus_code: str,
    service_line: str,
    visit_type: str,
    item_code: str,
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Charges the registration fee of a booking as of `now`; returns the charges' ids. Once per appointment.

    The visit does not exist yet: `attach_charges` joins the fee to it. Refuses `UnknownItem`, `PriceNotInForce`.
    Source: brief §1.6.7.
    """
    setting = _Setting(
        source_kind=SourceKind.REGISTRATION,
        person_id=person_id,
        campus_code=campus_code,
        encounter_id=None,
        service_line=ServiceLine(service_line),
        visit_type=VisitType(visit_type),
    )
    return _charge(
        sources=[_registration(appointment_id, item_code, setting, now)], setting=setting, actor=actor, now=now
    )


def charge_changed_registration(
    *,
    appointment_id: UUID,
    person_id: UUID,
    campus_code: str,
    service_line: str,
    visit_type: str,
    item_code: str,
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Charges the fee of a booking that was changed to a place with another fee, as of `now`; returns the charges' ids.

    The caller's transaction holds the booking and voids or refunds the fee charged before. Refuses `UnknownItem`,
    `PriceNotInForce`.
    """
    setting = _Setting(
        source_kind=SourceKind.REGISTRATION,
        person_id=person_id,
        campus_code=campus_code,
        encounter_id=None,
        service_line=ServiceLine(service_line),
        visit_type=VisitType(visit_type),
    )
    source = _registration(appointment_id, item_code, setting, now)
    earlier = Charge.objects.filter(source_kind=SourceKind.REGISTRATION, source_id=appointment_id).count()
    with acting(actor=actor):
        rows = _price([source], setting, actor, now)
        for row in rows:
            row.source_part += earlier
        Charge.objects.bulk_create(rows)
        _leave_trace(rows, setting, actor, now)
    return [row.id for row in rows]


def _registration(appointment_id: UUID, item_code: str, setting: _Setting, now: datetime) -> _Source:
    return _Source(appointment_id, item_code, Decimal(1), now, now, setting.visit_type is VisitType.ER)


def charge_orders(*, encounter_id: UUID, lines: Sequence[OrderedLine], actor: Actor, now: datetime) -> list[UUID]:
    """Charges signed order lines of a visit; returns the ids of all their charges, line by line. Each once.

    The visit's service line is held until the transaction ends: a change of it that is approved in the same instant
    is waited for, or finds these charges. Composites become one charge a leaf; consumables that are not charged
    separately make none. Refuses `UnknownEncounter`, `UnknownItem`, `PriceNotInForce`, `BadQuantity`, and those of
    composites. A fixed number of queries. Source: brief §1.3 (Composite, Snapshot), §1.6.6-7.
    """
    with acting(actor=actor):
        setting = _hold_setting(SourceKind.ORDER_LINE, encounter_id)
        sources = [_ordered(line, setting.visit_type, now) for line in lines]
        return _charge(sources=sources, setting=setting, actor=actor, now=now)


def charge_assistance(
    *, encounter_id: UUID, request_id: UUID, item_code: str, qty: Decimal, actor: Actor, now: datetime
) -> list[UUID]:
    """Charges help that was given during a visit, such as an interpreter's hours; once a request (N03).

    Refuses `UnknownEncounter`, `UnknownItem`, `PriceNotInForce`, `BadQuantity`.
    """
    with acting(actor=actor):
        setting = _hold_setting(SourceKind.ASSISTANCE, encounter_id)
        source = _Source(request_id, item_code, qty, now, now, setting.visit_type is VisitType.ER)
        return _charge(sources=[source], setting=setting, actor=actor, now=now)


def _hold_setting(source_kind: SourceKind, encounter_id: UUID) -> _Setting:
    visit = hold_visit_terms(encounter_id=encounter_id)
    return _Setting(
        source_kind=source_kind,
        person_id=visit.person_id,
        campus_code=visit.campus_code,
        encounter_id=encounter_id,
        service_line=ServiceLine(visit.service_line),
        visit_type=VisitType(visit.visit_type),
    )


def _ordered(line: OrderedLine, visit_type: VisitType, now: datetime) -> _Source:
    return _Source(
        source_id=line.source_id,
        code=line.item_code,
        qty=line.qty,
        ordered_at=line.signed_at,
        occurred_at=(line.executed_at or now) if visit_type is VisitType.IP else line.signed_at,
        is_emergency=line.is_emergency or visit_type is VisitType.ER,
    )


def _charge(*, sources: Sequence[_Source], setting: _Setting, actor: Actor, now: datetime) -> list[UUID]:
    mine = Charge.objects.filter(
        source_kind=setting.source_kind, source_id__in=[source.source_id for source in sources]
    )
    with acting(actor=actor):
        known = set(mine.values_list("source_id", flat=True))
        fresh = [source for source in sources if source.source_id not in known]
        if fresh:
            rows = _price(fresh, setting, actor, now)
            # A request for the same source at the same time was first: its lines count.
            Charge.objects.bulk_create(rows, ignore_conflicts=True)
            _leave_trace(rows, setting, actor, now)
        found = sorted(mine.values_list("source_id", "source_part", "id"), key=lambda row: row[1])
    order = {source.source_id: place for place, source in enumerate(sources)}
    return [charge_id for _source, _part, charge_id in sorted(found, key=lambda row: order[row[0]])]


def _price(sources: Sequence[_Source], setting: _Setting, actor: Actor, now: datetime) -> list[Charge]:
    """The lines of these sources, priced and not yet written."""
    catalog = load_price_book(codes={source.code for source in sources}, now=now)
    born_on = get_birth_date(actor=_PRICING, person_id=setting.person_id, now=now)
    rows: list[Charge] = []
    for source in sources:
        age = count_completed_years(born_on=born_on, at=source.occurred_at)
        rows.extend(_rows_of(source, setting, catalog, age, actor, now))
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


def _rows_of(
    source: _Source, setting: _Setting, catalog: PricedCatalog, age: int, actor: Actor, now: datetime
) -> Iterator[Charge]:
    book = catalog.book
    for part, leaf in enumerate(book.explode(code=source.code, qty=source.qty, at=source.ordered_at)):
        priced = price_line(
            book=book,
            line=LineToPrice(
                item=leaf.item,
                qty=leaf.qty,
                service_line=setting.service_line,
                visit_type=setting.visit_type,
                campus=setting.campus_code,
                occurred_at=source.occurred_at,
                priced_at=source.occurred_at,
                age_years=age,
                is_emergency=source.is_emergency,
                path=leaf.path,
            ),
        )
        yield Charge(
            person_id=setting.person_id,
            campus_id=setting.campus_code,
            encounter_id=setting.encounter_id,
            source_kind=setting.source_kind,
            source_id=source.source_id,
            source_part=part,
            state=ChargeState.PENDING,
            execution=Execution.NOT_EXECUTED,
            composite_versions=list(leaf.path_versions),
            created_at=now,
            created_by=actor.id,
            **item_columns(catalog.cards[leaf.item.code], priced),
            **price_columns(priced, settings_version=book.settings.version),
        )


def _leave_trace(rows: Sequence[Charge], setting: _Setting, actor: Actor, now: datetime) -> None:
    subject = str(setting.encounter_id or (rows[0].source_id if rows else ""))
    total = str(sum((row.total for row in rows), Decimal("0.00")))
    record_act(
        actor=actor,
        action="billing.charge",
        subject_kind="encounter" if setting.encounter_id else "appointment",
        subject_id=subject,
        person_id=setting.person_id,
        now=now,
        details={"lines": len(rows), "total": total},
    )
    record_event(
        kind="billing.charged",
        subject_id=subject,
        person_id=setting.person_id,
        encounter_id=setting.encounter_id,
        now=now,
        facts={"kind": setting.source_kind.value, "lines": len(rows), "total": total},
    )
