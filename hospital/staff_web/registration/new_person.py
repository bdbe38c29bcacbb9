"""Putting a person into the index: the document's checks warn, likely duplicates are shown first (N10)."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.patients.api import (
    DocumentType,
    check_document,
    create_person,
    find_people_by_document,
    list_people,
    search_people,
    warning_text,
)
from hospital.patients.errors import DocumentTaken, IncompletePerson
from hospital.patients.types import PersonCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.registration.forms import PersonForm
from hospital.staff_web.registration.views import desk_context

registrar = desk_view(Role.REGISTRAR)


@require_http_methods(["GET", "POST"])
@registrar
def new_person(request: HttpRequest) -> HttpResponse:
    """The form; likely duplicates must be looked at before a second record is made."""
    form = PersonForm(request.POST or None, initial={"document_number": request.GET.get("number", "")})
    duplicates: list[PersonCard] = []
    if request.method == "POST" and form.is_valid():
        duplicates = find_duplicates(actor=actor_of(request), form=form)
        if not duplicates or request.POST.get("is_other") == "1":
            person_id = _create(request, form)
            if person_id is not None:
                return redirect("staff:registration_person", person_id=person_id)
    status = 422 if request.method == "POST" else 200
    context = desk_context(request, form=form, duplicates=duplicates)
    return render(request, "staff_web/registration/new_person.html", context, status=status)


def _create(request: HttpRequest, form: PersonForm) -> UUID | None:
    try:
        person_id, warnings = create_person(new=form.to_person(), actor=actor_of(request), now=timezone.now())
    except DocumentTaken as refusal:
        form.add_error("document_number", refusal.message)
        return None
    except IncompletePerson as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, _("Registered."))
    for warning in warnings:
        messages.warning(request, warning_text(warning))
    return person_id


def find_duplicates(*, actor: Actor, form: PersonForm) -> list[PersonCard]:
    """People with this document number, or with this birth date and a like name."""
    now = timezone.now()
    data = form.cleaned_data
    by_document = list_people(actor=actor, person_ids=find_people_by_document(number=data["document_number"]), now=now)
    found = dict(by_document)
    words = [data["family_name"], data["chinese_name"], data["given_names"]]
    for text in filter(None, (word.strip() for word in words)):
        for each in search_people(actor=actor, text=text, now=now, limit=50):
            if each.birth_date == data["birth_date"]:
                found[each.id] = each
    return list(found.values())[:6]


@require_GET
@registrar
def check_number(request: HttpRequest) -> HttpResponse:
    """What looks wrong about a document number while it is typed; it warns and never blocks."""
    number = request.GET.get("document_number", "").strip()
    kind = request.GET.get("document_type", "")
    warnings: list[str] = []
    if number and kind in set(DocumentType):
        check = check_document(
            document_type=DocumentType(kind),
            number=number,
            on=local_day(timezone.now()),
            birth_on=_read_day(request.GET.get("birth_date", "")),
            sex=request.GET.get("sex") or None,
            nationality=request.GET.get("nationality") or None,
        )
        warnings = [warning_text(str(warning)) for warning in check.warnings]
    is_known = bool(number) and bool(find_people_by_document(number=number))
    context = {"warnings": warnings, "is_known": is_known, "number": number}
    return render(request, "staff_web/registration/_document_check.html", context)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
