"""Taking in a table: checked whole by a job, approved by a second person, written whole by a job or not at all."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.translation import override

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import FileUnreadable, ImportNotReady, SameChecker, UnknownImport
from hospital.catalog.models import (
    CatalogImport,
    CatalogItem,
    CompositeComponent,
    CompositeList,
    ItemChange,
    StandardPrice,
)
from hospital.catalog.queries.plans import ImportPlan, plan_import
from hospital.catalog.rules.checks import settle_start_of
from hospital.catalog.rules.sheet_rows import CHANGED_MEANWHILE, SheetRow
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import ChangeKind, ImportState, RuleStatus
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.queue import defer_task

MOST_FAULTS = 500
_BATCH = 1_000
_KEPT = {"id", "code", "kind", "nature", "created_at"}
_WRITTEN = [each.name for each in CatalogItem._meta.concrete_fields if each.name not in _KEPT]


def submit_import(*, file_name: str, content: bytes, valid_from: datetime | None, actor: Actor, now: datetime) -> UUID:
    """Keeps a file and has it checked; the catalog does not change. New prices start at `valid_from`, or at approval.

    Refuses `NotPriceOffice`, `RuleStartsInPast`.
    """
    require_price_office(actor)
    if valid_from is not None:
        settle_start_of(wanted=valid_from, now=now)
    with acting(actor=actor):
        row = CatalogImport.objects.create(
            file_name=file_name[:200],
            content=content,
            valid_from=valid_from,
            state=ImportState.CHECKING,
            maker=actor.id,
            made_at=now,
        )
        record_act(
            actor=actor, action="catalog.submit_import", subject_kind="catalog_import", subject_id=str(row.id), now=now
        )
        defer_task("catalog.check_import", import_id=str(row.id))
    return row.id


def check_import(*, import_id: UUID, now: datetime) -> None:
    """The dry run: every row is compared with the catalog and every fault is noted. Repeating it is harmless."""
    row = _find(import_id, ImportState.CHECKING)
    if row is not None:
        plan = _plan(row, now)
        _end_check(row, plan)


def _plan(row: CatalogImport, now: datetime) -> ImportPlan | None:
    start = now if row.valid_from is None else max(row.valid_from, now)
    mine = CatalogImport.objects.filter(id=row.id)
    try:
        return plan_import(
            content=bytes(row.content),
            start=start,
            now=now,
            tell=lambda done, total: mine.update(rows_done=done, rows_total=total),
        )
    except FileUnreadable:
        return None


def _end_check(row: CatalogImport, plan: ImportPlan | None) -> None:
    if plan is None:
        unread = SheetRow(1, "")
        unread.add_fault("", FileUnreadable.text)
        faults = list(_tell_faults([unread]))
    else:
        faults = list(_tell_faults(plan.faults))
    CatalogImport.objects.filter(id=row.id, state=row.state).update(
        state=ImportState.REFUSED if faults else ImportState.READY,
        faults=faults[:MOST_FAULTS],
        counts=_count(plan, faults),
    )


def _count(plan: ImportPlan | None, faults: list[dict[str, object]]) -> dict[str, int]:
    if plan is None:
        return {"faults": len(faults)}
    return {
        "new": len(plan.made),
        "changed": len(plan.changed),
        "same": plan.same,
        "prices": len(plan.prices),
        "lists": len(plan.lists),
        "faults": len(faults),
    }


def _tell_faults(rows: Iterable[SheetRow]) -> Iterator[dict[str, object]]:
    for row in rows:
        for column, text in row.faults:
            yield {"row": row.number, "column": column, "zh": _say(text, "zh-hans"), "en": _say(text, "en")}


def _say(text: Promise, language: str) -> str:
    with override(language):
        return str(text)


def approve_import(*, import_id: UUID, actor: Actor, now: datetime) -> None:
    """Has a checked file taken in. Refuses `NotPriceOffice`, `UnknownImport`, `ImportNotReady`, `SameChecker`."""
    require_price_office(actor)
    with acting(actor=actor):
        row = CatalogImport.objects.select_for_update().filter(id=import_id).first()
        if row is None:
            raise UnknownImport
        if row.state != ImportState.READY:
            raise ImportNotReady
        if row.maker == actor.id:
            raise SameChecker
        CatalogImport.objects.filter(id=import_id).update(state=ImportState.APPLYING, checker=actor.id, rows_done=0)
        record_act(
            actor=actor, action="catalog.approve_import", subject_kind="catalog_import", subject_id=str(row.id), now=now
        )
        defer_task("catalog.apply_import", import_id=str(row.id))


def apply_import(*, import_id: UUID, now: datetime) -> None:
    """Checks the file again and writes all of it in one transaction, or nothing of it. Repeating it is harmless."""
    row = _find(import_id, ImportState.APPLYING)
    if row is None:
        return
    plan = _plan(row, now)
    if plan is None or plan.faults:
        _end_check(row, plan)
        return
    actor = Actor(kind=ActorKind.STAFF, id=row.checker, label=row.checker)
    try:
        with acting(actor=actor):
            _write(row, plan, actor, now)
    except IntegrityError:
        changed = SheetRow(1, "")
        changed.add_fault("", CHANGED_MEANWHILE)
        plan.faults.append(changed)
        _end_check(row, plan)


def _write(row: CatalogImport, plan: ImportPlan, actor: Actor, now: datetime) -> None:
    start = now if row.valid_from is None else max(row.valid_from, now)
    # Whoever was first has done it: the row of the import is taken before anything is written.
    taken = CatalogImport.objects.filter(id=row.id, state=ImportState.APPLYING).update(
        state=ImportState.DONE, ended_at=now, counts=_count(plan, []), faults=[]
    )
    if not taken:
        return
    _write_items(plan)
    _date_facts(plan, row, now)
    ids = dict(CatalogItem.objects.filter(code__in=[code for code, _ in plan.prices]).values_list("code", "id"))
    _write_prices(plan, ids, start, row, now)
    _write_lists(plan, start)
    record_act(
        actor=actor,
        action="catalog.import",
        subject_kind="catalog_import",
        subject_id=str(row.id),
        now=now,
        details=_count(plan, []),
    )


def _write_items(plan: ImportPlan) -> None:
    plan.write_keys()
    for item in (*plan.made, *plan.changed):
        if not plan.mapped.get(item.code):
            item.price_item = None
    bureau = [item for item in plan.made if item.kind == "PRICE_ITEM"]
    CatalogItem.objects.bulk_create(bureau, batch_size=_BATCH)
    wanted = {code for code in plan.mapped.values() if code}
    mapped = dict(CatalogItem.objects.filter(code__in=wanted).values_list("code", "id"))
    for item in (*plan.made, *plan.changed):
        if code := plan.mapped.get(item.code):
            item.price_item_id = mapped[code]
    CatalogItem.objects.bulk_create([item for item in plan.made if item.kind != "PRICE_ITEM"], batch_size=_BATCH)
    CatalogItem.objects.bulk_create(
        plan.changed, batch_size=_BATCH, update_conflicts=True, unique_fields=["code"], update_fields=_WRITTEN
    )


def _date_facts(plan: ImportPlan, row: CatalogImport, now: datetime) -> None:
    """What the table changed holds from now on: a line that occurred before is priced with what held then."""
    ItemChange.objects.bulk_create(
        (
            ItemChange(
                item=item,
                kind=ChangeKind.FACTS,
                facts=changes,
                valid_from=now,
                applied_at=now,
                document_no=row.file_name[:60],
                status=RuleStatus.PUBLISHED,
                maker=row.maker,
                made_at=now,
                checker=row.checker,
                checked_at=now,
            )
            for item, changes in plan.facts
        ),
        batch_size=_BATCH,
    )


def _write_prices(plan: ImportPlan, ids: dict[str, UUID], start: datetime, row: CatalogImport, now: datetime) -> None:
    older = StandardPrice.objects.filter(item_id__in=ids.values())
    older.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), valid_from__lt=start).update(valid_to=start)
    last = dict(older.values_list("item_id").annotate(last=Max("version")))
    StandardPrice.objects.bulk_create(
        (
            StandardPrice(
                item_id=ids[code],
                version=last.get(ids[code], 0) + 1,
                base_u=price,
                valid_from=start,
                document_no=row.file_name[:60],
                published_by=row.checker,
                published_at=now,
            )
            for code, price in plan.prices
        ),
        batch_size=_BATCH,
    )


def _write_lists(plan: ImportPlan, start: datetime) -> None:
    codes = {code for code, _parts in plan.lists} | {part for _code, parts in plan.lists for part, _qty in parts}
    ids: dict[str, UUID] = dict(CatalogItem.objects.filter(code__in=codes).values_list("code", "id"))
    for code, parts in plan.lists:
        mine = CompositeList.objects.filter(composite_id=ids[code])
        mine.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), valid_from__lt=start).update(valid_to=start)
        last = mine.aggregate(last=Max("version"))["last"] or 0
        entry = CompositeList.objects.create(composite_id=ids[code], version=last + 1, valid_from=start)
        CompositeComponent.objects.bulk_create(
            CompositeComponent(component_list=entry, position=place, item_id=ids[part], qty=Decimal(qty))
            for place, (part, qty) in enumerate(parts, start=1)
        )


def _find(import_id: UUID, state: ImportState) -> CatalogImport | None:
    return CatalogImport.objects.filter(id=import_id, state=state).first()
