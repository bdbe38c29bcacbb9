"""What the last visit says and what changed since, before any of it is taken into this one (D52, D55)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter, list_encounters
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.api import Formula, add_drug, list_orders, list_person_orders, word_formula
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import LineView, OrderKind, OrderView
from hospital.patients.api import get_person
from hospital.patients.types import AllergyCard
from hospital.records.api import add_diagnosis, get_note, list_person_notes
from hospital.records.types import DiagnosisView, NoteView
from hospital.results.api import list_reports
from hospital.results.types import ReportLine
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.body import visit_gfr
from hospital.staff_web.doctor.inserting import line_directions, line_piece
from hospital.staff_web.doctor.page import load_context
from hospital.staff_web.doctor.saving import SECTIONS
from hospital.staff_web.doctor.views import doctor
from hospital.workflows.rewrite_decoction import RewrittenDecoction

_MOST = 40


@dataclass(frozen=True, slots=True)
class OldDrug:
    """A drug of the last visit: whether it was taken back, its last day, and whether this visit has it already."""

    line: LineView
    last_day: date | None
    is_stopped: bool
    is_here: bool

    def is_over(self, today: date) -> bool:
        """Whether the supply has ended."""
        return self.last_day is not None and self.last_day < today


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last signed note before this visit, and what is new since it was signed."""

    note: NoteView
    visit: EncounterCard
    drugs: Sequence[OldDrug]
    decoctions: Sequence[OrderView]
    reports: Sequence[ReportLine]
    allergies: Sequence[AllergyCard]
    new_drugs: Sequence[tuple[LineView, datetime]]
    new_diagnoses: Sequence[tuple[DiagnosisView, datetime]]
    diagnoses_here: frozenset[str]

    @property
    def has_changes(self) -> bool:
        """Whether anything happened since."""
        stopped = any(drug.is_stopped for drug in self.drugs)
        return bool(self.reports or self.allergies or self.new_drugs or self.new_diagnoses or stopped)


def find_last_visit(*, visit: EncounterCard, actor: Actor, now: datetime) -> LastVisit | None:
    """The newest signed note of another visit, of the same department before others; None without one.

    A fixed number of queries. Refuses `NoCareRelation`.
    """
    notes = [
        note
        for note in list_person_notes(person_id=visit.person_id, actor=actor, now=now, limit=_MOST)
        if note.encounter_id != visit.id
    ]
    if not notes:
        return None
    visits = list_encounters(encounter_ids={note.encounter_id for note in notes})
    same = [note for note in notes if visits[note.encounter_id].department_name == visit.department_name]
    note = (same or notes)[0]
    since = note.signed_at or note.written_at
    orders = list_person_orders(person_id=visit.person_id, actor=actor, now=now, limit=_MOST)
    here = list_orders(encounter_id=visit.id, actor=actor, now=now)
    own_note = get_note(encounter_id=visit.id, actor=actor, now=now)
    known = {diagnosis.code for diagnosis in note.diagnoses}
    return LastVisit(
        note=note,
        visit=visits[note.encounter_id],
        drugs=_old_drugs(orders, note=note, here=here),
        decoctions=[
            order
            for order in orders
            if order.formula and order.encounter_id == note.encounter_id and order.state is not OrderState.CANCELLED
        ],
        reports=[
            report
            for report in list_reports(person_id=visit.person_id, actor=actor, now=now, limit=_MOST)
            if report.reported_at > since
        ],
        allergies=[
            allergy
            for allergy in get_person(actor=actor, person_id=visit.person_id, now=now).allergies
            if allergy.recorded_at is not None and allergy.recorded_at > since
        ],
        new_drugs=_new_drugs(orders, note=note, since=since, here=visit.id),
        new_diagnoses=[
            (diagnosis, each.signed_at or each.written_at)
            for each in notes
            if each is not note and (each.signed_at or each.written_at) > since
            for diagnosis in each.diagnoses
            if diagnosis.code not in known
        ],
        diagnoses_here=frozenset(each.code for each in own_note.diagnoses) if own_note else frozenset(),
    )


def _old_drugs(orders: Iterable[OrderView], *, note: NoteView, here: Iterable[OrderView]) -> list[OldDrug]:
    written = {line.item_code for order in here for line in order.lines if line.state is not LineState.CANCELLED}
    return [
        OldDrug(
            line=line,
            last_day=_last_day(order, line),
            is_stopped=line.state is LineState.CANCELLED or order.state is OrderState.CANCELLED,
            is_here=line.item_code in written,
        )
        for order in orders
        if order.kind is OrderKind.PRESCRIPTION and order.encounter_id == note.encounter_id and not order.formula
        for line in order.lines
    ]


def _new_drugs(
    orders: Iterable[OrderView], *, note: NoteView, since: datetime, here: UUID
) -> list[tuple[LineView, datetime]]:
    return [
        (line, order.signed_at)
        for order in orders
        if order.kind is OrderKind.PRESCRIPTION and order.encounter_id not in {note.encounter_id, here}
        for line in order.lines
        if order.signed_at is not None and order.signed_at > since and line.state is not LineState.CANCELLED
    ]


def _last_day(order: OrderView, line: LineView) -> date | None:
    if order.signed_at is None or line.days is None:
        return None
    return local_day(order.signed_at) + timedelta(days=line.days - 1)


@require_GET
@doctor
def last_visit(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The last visit with what changed since, to choose from."""
    now = timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    last = find_last_visit(visit=visit, actor=actor_of(request), now=now)
    context = {
        "encounter_id": encounter_id,
        "last": last,
        "drugs": [(drug, drug.is_over(local_day(now))) for drug in last.drugs] if last else [],
        "decoctions": [(each, word_formula(each.formula)) for each in last.decoctions if each.formula] if last else [],
        "sections": [(field, name, getattr(last.note, field)) for field, name in SECTIONS.items()] if last else [],
    }
    return render(request, "staff_web/doctor/_last_visit.html", context)


@require_POST
@doctor
def take(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Takes the chosen diagnoses and drugs; the page itself takes the texts. What the rules refuse is named."""
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    last = find_last_visit(visit=visit, actor=actor, now=now)
    refused: list[tuple[BilingualText | str, str]] = []
    gfr = visit_gfr(request, encounter_id)
    codes, lines = request.POST.getlist("code"), request.POST.getlist("line")
    for diagnosis in last.note.diagnoses if last else ():
        if diagnosis.code in codes and last and diagnosis.code not in last.diagnoses_here:
            try:
                add_diagnosis(encounter_id=encounter_id, code=diagnosis.code, actor=actor, now=now)
            except Refusal as refusal:
                refused.append((diagnosis.name, refusal.message))
    for drug in last.drugs if last else ():
        directions = line_directions(drug.line)
        if str(drug.line.id) in lines and directions is not None:
            try:
                add_drug(
                    encounter_id=encounter_id,
                    item_code=drug.line.item_code,
                    directions=directions,
                    actor=actor,
                    now=now,
                    gfr=gfr,
                )
            except Refusal as refusal:
                refused.append((drug.line.name, refusal.message))
    old = last.decoctions if last else ()
    chosen = set(request.POST.getlist("decoction"))
    refused += _take_decoctions(
        [each for each in old if str(each.id) in chosen], encounter_id=encounter_id, gfr=gfr, actor=actor, now=now
    )
    context = load_context(request, visit=visit, actor=actor, now=now)
    return render(request, "staff_web/doctor/_taken.html", context | {"not_written": refused, "swap_diagnoses": True})


def _take_decoctions(
    chosen: Iterable[OrderView], *, encounter_id: UUID, gfr: int | None, actor: Actor, now: datetime
) -> list[tuple[BilingualText | str, str]]:
    """Writes old decoctions anew, piece by piece; returns the pieces that the rules refuse. Reasons are not taken
    along."""
    refused: list[tuple[BilingualText | str, str]] = []
    for old in chosen:
        formula = replace(old.formula or Formula(), days_reason="")
        decoction = RewrittenDecoction(encounter_id, formula, gfr=gfr, actor=actor, now=now)
        for line in old.lines:
            try:
                decoction.add(line.item_code, replace(line_piece(line), allergy_reason="", safety_reason=""))
            except Refusal as refusal:
                refused.append((line.name, refusal.message))
    return refused
