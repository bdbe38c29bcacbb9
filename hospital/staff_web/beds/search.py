"""Whose bed, and the earliest suitable one over all campuses, with what a day in it costs (N12)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.beds.api import change_stay, find_beds, find_stays_of, get_stay, reserve_bed
from hospital.beds.types import LONGEST_STAY, BedKind, BedOffer, BedWanted, StayCard
from hospital.billing.api import quote_registration
from hospital.billing.types import RegistrationFee
from hospital.campuses.api import list_campuses, list_departments, order_campuses
from hospital.catalog.types import VisitType
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.patients.api import get_person, search_people
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of
from hospital.staff_web.assistance.views import read_id
from hospital.staff_web.banner import get_banner
from hospital.staff_web.beds.frame import KINDS, STATES, desk, read_number, show
from hospital.staff_web.examinations.forms import read_day
from hospital.staff_web.people.lookup import record_search

MOST_PEOPLE = 8
USUAL_NIGHTS = 3


class WantedForm(forms.Form):
    """What is looked for."""

    day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    nights = forms.IntegerField(label=gettext_lazy("Nights"), min_value=1, max_value=LONGEST_STAY)
    specialty = forms.ChoiceField(label=gettext_lazy("Specialty"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of room"),
        required=False,
        choices=[("", gettext_lazy("Any")), *((kind.value, name) for kind, name in KINDS.items())],
    )
    campus = forms.ChoiceField(label=gettext_lazy("Campus"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        specialties = {each.specialty: str(each.name) for each in list_departments()}
        campuses = [(each.code, each.short) for each in list_campuses()]
        self.fields["specialty"].choices = [("", _("Any")), *specialties.items()]  # type: ignore[attr-defined]
        self.fields["campus"].choices = [("", _("All, the nearest first")), *campuses]  # type: ignore[attr-defined]

    def to_wanted(self, *, sex: str, near: Sequence[str]) -> BedWanted:
        """What the pool is asked."""
        data = self.cleaned_data
        return BedWanted(
            sex=sex,
            from_day=data["day"],
            nights=data["nights"],
            specialty=data["specialty"],
            kinds=frozenset({BedKind(data["kind"])} if data["kind"] else ()),
            campuses=frozenset({data["campus"]} if data["campus"] else ()),
            near=tuple(near),
        )


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in words, with the price of a day where one is in force."""

    offer: BedOffer
    kind: str
    fee: RegistrationFee | None
    is_later: bool


@require_GET
@desk
def beds(request: HttpRequest) -> HttpResponse:
    """The patient, what is looked for, and what there is; with `stay` another bed for a reservation."""
    actor, now = actor_of(request), timezone.now()
    standing = _read_stay(request, actor)
    person_id = standing.person_id if standing else read_id(request.GET.get("person", ""))
    if person_id is None:
        return _ask_who(request, actor, now)
    return _search(request, person_id, standing, actor=actor, now=now)


def _ask_who(request: HttpRequest, actor: Actor, now: datetime) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    found = search_people(actor=actor, text=text, now=now, limit=MOST_PEOPLE) if len(text) > 1 else []
    if found:
        record_search(request, [each.id for each in found])
    return show(request, "who", tab="find", text=text, found=found)


def _read_stay(request: HttpRequest, actor: Actor) -> StayCard | None:
    stay_id = read_id(request.GET.get("stay", "") or request.POST.get("stay", ""))
    return get_stay(stay_id=stay_id, actor=actor) if stay_id else None


def _search(
    request: HttpRequest,
    person_id: UUID,
    standing: StayCard | None,
    *,
    actor: Actor,
    now: datetime,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    person = get_person(actor=actor, person_id=person_id, now=now)
    asked = request.POST if request.method == "POST" else request.GET
    form = WantedForm(asked if "day" in asked else _usual(standing, now))
    rows: list[OfferRow] = []
    if form.is_valid() and not _is_past(form, now):
        wanted = form.to_wanted(sex=person.sex, near=order_campuses(near=[actor.campus_code]))
        rows = _offer_rows(find_beds(wanted=wanted), wanted, person, now)
    return show(
        request,
        "find",
        tab="find",
        status=status,
        patient=get_banner(actor=actor, person_id=person_id, now=now, has_alerts=False),
        person=person,
        form=form,
        rows=rows,
        is_asked=form.is_valid(),
        standing=standing,
        stays=[(each, *STATES[each.state]) for each in find_stays_of(person_id=person_id, actor=actor)],
        fault=fault,
    )


def _usual(standing: StayCard | None, now: datetime) -> dict[str, str]:
    today = local_day(now)
    if standing is None:
        return {"day": today.isoformat(), "nights": str(USUAL_NIGHTS)}
    return {"day": max(standing.starts_on, today).isoformat(), "nights": str(standing.nights)}


def _is_past(form: WantedForm, now: datetime) -> bool:
    is_past: bool = form.cleaned_data["day"] < local_day(now)
    if is_past:
        form.add_error("day", _("This day is over."))
    return is_past


def _offer_rows(offers: Sequence[BedOffer], wanted: BedWanted, person: PersonCard, now: datetime) -> list[OfferRow]:
    fees = _fees(offers, person.birth_date, now)
    return [
        OfferRow(
            offer=each,
            kind=str(KINDS[each.bed.kind]),
            fee=fees.get((each.bed.ward.campus_code, each.bed.ward.service_line), {}).get(each.bed.item_code),
            is_later=each.day > wanted.from_day,
        )
        for each in offers
    ]


def _fees(
    offers: Sequence[BedOffer], born_on: date, now: datetime
) -> Mapping[tuple[str, str], Mapping[str, RegistrationFee]]:
    """A day in bed by campus and service line: at most one look at the prices for each of these, not for each bed."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in offers:
        codes[each.bed.ward.campus_code, each.bed.ward.service_line].add(each.bed.item_code)
    return {
        (campus, line): quote_registration(
            item_codes=sorted(items),
            service_line=line,
            campus_code=campus,
            visit_type=VisitType.IP.value,
            born_on=born_on,
            now=now,
        )
        for (campus, line), items in codes.items()
    }


@require_POST
@desk
def reserve(request: HttpRequest) -> HttpResponse:
    """Reserves the chosen bed from its day on, or moves the reservation to it."""
    actor, now = actor_of(request), timezone.now()
    standing = _read_stay(request, actor)
    person_id = standing.person_id if standing else read_id(request.POST.get("person", ""))
    bed_id, starts_on = read_id(request.POST.get("bed", "")), read_day(request.POST.get("from", ""))
    nights = read_number(request.POST.get("nights", ""))
    if person_id is None or bed_id is None or starts_on is None:
        return redirect("staff:beds")
    try:
        if standing is not None:
            stay_id = standing.id
            change_stay(
                stay_id=stay_id,
                version=read_number(request.POST.get("version", "")),
                bed_id=bed_id,
                starts_on=starts_on,
                nights=nights,
                actor=actor,
                now=now,
            )
        else:
            stay_id = reserve_bed(
                bed_id=bed_id, person_id=person_id, starts_on=starts_on, nights=nights, actor=actor, now=now
            )
    except Refusal as refusal:
        return _search(
            request, person_id, standing, actor=actor, now=now, fault=str(refusal.message), status=refusal.status
        )
    messages.success(request, _("Reserved."))
    return redirect("staff:beds_stay", stay_id=stay_id)
