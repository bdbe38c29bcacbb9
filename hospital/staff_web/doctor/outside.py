"""Results of other hospitals at the doctor's desk: searched for, typed with unit and range (N11)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter, require_clinical_access
from hospital.encounters.types import EncounterCard
from hospital.kernel.clock import local_day
from hospital.orders.api import find_orderable, search_orderables
from hospital.orders.errors import NotOrderable
from hospital.orders.types import Orderable, OrderKind
from hospital.results.api import enter_outside_result, list_outside_results, list_panel_analytes
from hospital.results.types import NATIONAL_MARK, OutsideValue, PanelAnalyte
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import PatientBanner, get_banner
from hospital.staff_web.doctor.views import desk_context, doctor


class OutsideForm(forms.Form):
    """What the paper of the other hospital says, beside its single values."""

    institution = forms.CharField(label=gettext_lazy("Name of the hospital"), max_length=120)
    done_on = forms.DateField(
        label=gettext_lazy("Day of the test"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    mark = forms.CharField(label=gettext_lazy("Mark on the paper"), max_length=40, initial=NATIONAL_MARK.zh)
    text = forms.CharField(
        label=gettext_lazy("What else it says"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, today: date, has_values: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, passed on
        self._today = today
        self._has_values = has_values
        self.use_required_attribute = False

    def clean_done_on(self) -> date:
        """A day that is not to come."""
        day: date = self.cleaned_data["done_on"]
        if day > self._today:
            raise forms.ValidationError(_("This day is to come. Write the day on the paper."))
        return day

    def clean_text(self) -> str:
        """Some words, where no value was entered."""
        text: str = self.cleaned_data["text"].strip()
        if not text and not self._has_values:
            raise forms.ValidationError(_("Enter a value, or write what the paper says."))
        return text


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One analyte of the test: what was typed, else our unit and range for this patient."""

    analyte: PanelAnalyte
    text: str
    unit: str
    reference: str


@require_GET
@doctor
def outside(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Results of other hospitals, the search for a test, and the form once one was chosen."""
    now = timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    patient = _open(request, visit)
    code = request.GET.get("code", "").strip()
    item = _find(code) if code else None
    rows = _rows(request, item=item, patient=patient)
    form = OutsideForm(today=local_day(now), has_values=False) if item else None
    return _show(request, visit=visit, patient=patient, item=item, rows=rows, form=form)


@require_GET
@doctor
def search_outside(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The tests and examinations under the search field."""
    text, now = request.GET.get("q", "").strip(), timezone.now()
    kinds = (OrderKind.LAB, OrderKind.EXAM) if text else ()
    hits = [hit for kind in kinds for hit in search_orderables(text=text, kind=kind, now=now, limit=8)]
    context = {"hits": hits, "text": text, "encounter_id": encounter_id}
    return render(request, "staff_web/doctor/_outside_options.html", context)


@require_POST
@doctor
def enter_outside(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Enters a recognized result from its paper; what is wrong is said beside its field, and what was typed stays."""
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    patient = _open(request, visit)
    item = _find(request.POST.get("code", "").strip())
    rows = _rows(request, item=item, patient=patient)
    values = [_value(row) for row in rows if row.text]
    form = OutsideForm(request.POST, today=local_day(now), has_values=bool(values))
    if not form.is_valid():
        return _show(request, visit=visit, patient=patient, item=item, rows=rows, form=form)
    enter_outside_result(
        person_id=visit.person_id,
        item_code=item.code,
        name=item.name,
        values=values,
        actor=actor,
        now=now,
        **form.cleaned_data,
    )
    messages.success(request, _("Entered. It counts before a test is ordered."))
    return redirect("staff:doctor_outside", encounter_id=encounter_id)


def _open(request: HttpRequest, visit: EncounterCard) -> PatientBanner:
    actor, now = actor_of(request), timezone.now()
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now)
    return get_banner(actor=actor, person_id=visit.person_id, now=now)


def _find(code: str) -> Orderable:
    """The test or examination. Refuses `NotOrderable`: drugs have no results."""
    item = find_orderable(code=code, now=timezone.now())
    if item.kind is OrderKind.PRESCRIPTION:
        raise NotOrderable(item=item.name)
    return item


def _rows(request: HttpRequest, *, item: Orderable | None, patient: PatientBanner) -> list[ValueRow]:
    if item is None:
        return []
    analytes = list_panel_analytes(
        item_code=item.code, sex=patient.person.sex, born_on=patient.born_on, on=local_day(timezone.now())
    )
    typed = request.POST
    return [
        ValueRow(
            analyte=analyte,
            text=" ".join(typed.get(f"value-{analyte.code}", "").split()),
            unit=typed.get(f"unit-{analyte.code}", analyte.unit).strip(),
            reference=typed.get(f"range-{analyte.code}", str(analyte.reference)).strip(),
        )
        for analyte in analytes
    ]


def _value(row: ValueRow) -> OutsideValue:
    return OutsideValue(
        code=row.analyte.code,
        name=row.analyte.name,
        text=row.text,
        unit=row.unit,
        reference=row.reference,
    )


def _show(
    request: HttpRequest,
    *,
    visit: EncounterCard,
    patient: PatientBanner,
    item: Orderable | None,
    rows: list[ValueRow],
    form: OutsideForm | None,
) -> HttpResponse:
    context = desk_context(
        request,
        visit=visit,
        current=str(visit.id),
        patient=patient,
        results=list_outside_results(person_id=visit.person_id),
        item=item,
        rows=rows,
        form=form,
    )
    return render(request, "staff_web/doctor/outside.html", context, status=422 if form and form.errors else 200)
