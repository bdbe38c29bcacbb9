"""The documents of a visit: listed, begun, written section by section, signed, amended, given up, voided, printed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.clinical_documents.api import (
    KINDS,
    amend_document,
    can_write,
    get_document,
    get_own_draft,
    is_superior,
    list_documents,
    list_problems,
    review_document,
    withdraw_draft,
)
from hospital.clinical_documents.errors import ClinicalDocumentChanged, UnknownClinicalDocument
from hospital.clinical_documents.states import ClinicalState, SealOutcome, SealState
from hospital.clinical_documents.types import ClinicalKind, DocumentCard, DocumentView, VersionView
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.records.api import get_icd10, get_note, search_icd10
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.views import desk_context, doctor
from hospital.staff_web.medical_documents.forms import list_fields, list_vaccine_choices, read_form
from hospital.staff_web.medical_documents.reading import find_before, list_differences, list_shown
from hospital.staff_web.medical_documents.words import SEAL_STATES, STATES, VERSION_STATES
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.print_medical_document import list_offered_languages, print_medical_document
from hospital.workflows.translate_documents import request_document_translation
from hospital.workflows.write_medical_document import (
    list_drug_choices,
    save_medical_draft,
    sign_medical_document,
    start_medical_document,
    void_medical_document,
)


def _visit_context(request: HttpRequest, visit: EncounterCard, **more: Any) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    return desk_context(
        request,
        patient=get_banner(actor=actor, person_id=visit.person_id, now=now, payer=visit.payer),
        visit=visit,
        current=str(visit.id),
        is_mine=str(visit.clinician_user_id) == actor.id,
        **more,
    )


@require_http_methods(["GET", "POST"])
@doctor
def documents(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """The documents of a visit and a new one; a draft of the kind that is there already is opened."""
    actor, now = actor_of(request), timezone.now()
    visit = get_encounter(encounter_id=encounter_id)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in set(ClinicalKind):
        try:
            document_id = start_medical_document(
                encounter_id=encounter_id,
                kind=ClinicalKind(kind),
                language="en" if request.POST.get("language") == "en" else "zh",
                actor=actor,
                now=now,
            )
        except Refusal as refusal:
            if refusal.status in {403, 404}:
                raise
            messages.error(request, refusal.message)
        else:
            return redirect("staff:doctor_document", document_id=document_id)
    cards = list_documents(encounter_id=encounter_id, actor=actor, now=now)
    context = _visit_context(
        request,
        visit,
        rows=[
            {
                "card": card,
                "state": _state_word(card),
                "is_overdue": card.is_overdue(now),
            }
            for card in cards
        ],
        kinds=list(KINDS.values()),
        can_start=can_write(encounter_id=encounter_id, actor=actor, now=now),
    )
    return render(request, "staff_web/medical_documents/list.html", context)


@require_GET
@doctor
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One document: the draft to its writer, else the newest version to be read; `version` asks for another one."""
    return show_document(request, document_id)


def show_document(request: HttpRequest, document_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a document; a refusal stands above its button."""
    actor, now = actor_of(request), timezone.now()
    view = get_document(document_id=document_id, actor=actor, now=now)
    visit = get_encounter(encounter_id=view.card.encounter_id)
    asked = request.GET.get("version", "")
    shown = next((each for each in view.versions if str(each.version) == asked), view.newest)
    is_writer = can_write(encounter_id=visit.id, actor=actor, now=now) and view.card.state is not ClinicalState.VOIDED
    is_editing = is_writer and shown is view.draft and _may_edit(view, shown, actor=actor)
    can_amend = is_writer and view.card.state is ClinicalState.SIGNED and view.draft is None
    before = find_before(view, shown)
    context = _visit_context(
        request,
        visit,
        document=view.card,
        spec=KINDS[view.card.kind],
        state=_state_word(view.card),
        shown=shown,
        versions=[(each, VERSION_STATES[each.state]) for each in reversed(view.versions)],
        can_write=is_editing,
        can_amend=can_amend,
        can_review=can_amend and view.signed is not None and _is_above(view.signed, actor=actor),
        author=_author_of(view, shown),
        can_void=view.card.state is ClinicalState.SIGNED and _has_signed(view, actor),
        differences=list_differences(before=before, after=shown) if before and not is_editing else [],
        before=before,
        prints=_prints(view, shown),
        missing_languages=_missing_languages(view),
        is_overdue=view.card.is_overdue(now),
        refusal_text=refusal.message if refusal else "",
        **(_editor(view, shown, actor=actor, now=now) if is_editing else {"sections": list_shown(shown)}),
    )
    status = refusal.status if refusal else 200
    return render(request, "staff_web/medical_documents/document.html", context, status=status)


def _state_word(card: DocumentCard) -> tuple[str, Promise]:
    """How far a document is; of a signed certificate how far the seal is."""
    if card.state is ClinicalState.SIGNED and card.seal_state is not SealState.NONE:
        return SEAL_STATES[card.seal_state]
    return STATES[card.state]


def _may_edit(view: DocumentView, draft: VersionView, *, actor: Actor) -> bool:
    """A review is written on by superior doctors alone."""
    reviewed = _reviewed_by(view, draft)
    return reviewed is None or _is_above(reviewed, actor=actor)


def _is_above(version: VersionView, *, actor: Actor) -> bool:
    return version.signer_id != actor.id and is_superior(signer_id=UUID(version.signer_id), actor=actor)


def _reviewed_by(view: DocumentView, version: VersionView) -> VersionView | None:
    return next((each for each in view.versions if each.version == version.reviews), None)


def _author_of(view: DocumentView, version: VersionView) -> BilingualText | None:
    """Who signed the version that a review is of."""
    reviewed = _reviewed_by(view, version)
    return reviewed.signer if reviewed else None


def _editor(view: DocumentView, draft: VersionView, *, actor: Actor, now: datetime) -> dict[str, Any]:
    spec = KINDS[view.card.kind]
    drugs = list_drug_choices(person_id=view.card.person_id, actor=actor, now=now)
    note = get_note(encounter_id=view.card.encounter_id, actor=actor, now=now)
    return {
        "fields": list_fields(spec=spec, values=draft.values, drugs=drugs),
        "vaccines": list_vaccine_choices(),
        "problems": list_problems(document_id=view.card.id, now=now),
        "note": note,
    }


def _has_signed(view: DocumentView, actor: Actor) -> bool:
    """Whether the actor may void it from here; the service decides."""
    return any(each.signer_id == actor.id for each in view.versions if each.content_hash)


def _prints(view: DocumentView, shown: VersionView) -> list[dict[str, Any]]:
    is_sealed = shown.seal is not None and shown.seal.outcome is SealOutcome.SEALED
    if not shown.content_hash or (view.card.spec.needs_seal and not is_sealed):
        return []
    href = reverse("staff:doctor_document_print", args=[view.card.id, shown.version])
    return [{"name": view.card.title, "sub": view.card.number, "href": href}]


def _missing_languages(view: DocumentView) -> bool:
    """Whether the signed document has no paper in the other language yet."""
    return view.card.state is ClinicalState.SIGNED and len(list_offered_languages(document_id=view.card.id)) == 1


@require_POST
@doctor
def save(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Saves the draft while it is written; what another window saved meanwhile is told and not overwritten."""
    now = timezone.now()
    try:
        revision = _save(request, document_id)
    except ClinicalDocumentChanged as refusal:
        context = {"refusal_text": refusal.message, "document_id": document_id}
        answer = render(request, "staff_web/medical_documents/_changed.html", context, status=409)
        answer["HX-Retarget"] = "#document-conflict"
        return answer
    context = {
        "revision": revision,
        "saved_at": now,
        "problems": list_problems(document_id=document_id, now=now),
        "is_swap": True,
    }
    return render(request, "staff_web/medical_documents/_saved.html", context)


def _save(request: HttpRequest, document_id: UUID) -> int:
    actor, now = actor_of(request), timezone.now()
    spec = KINDS[get_own_draft(document_id=document_id, actor=actor, now=now).kind]
    posted = request.POST.get("revision", "")
    return save_medical_draft(
        document_id=document_id,
        form=read_form(spec=spec, posted=request.POST),
        revision=int(posted) if posted.isdigit() else 0,
        actor=actor,
        now=now,
    )


@require_POST
@doctor
def act(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Signs what is typed, begins an amendment, gives a draft up or voids the document."""
    decision = _ACTS.get(request.POST.get("decision", ""))
    if decision is None:
        raise UnknownClinicalDocument
    try:
        messages.success(request, decision(request, document_id))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return show_document(request, document_id, refusal=refusal)
    view = get_document(document_id=document_id, actor=actor_of(request), now=timezone.now())
    if view.card.state is ClinicalState.WITHDRAWN:
        return redirect("staff:doctor_documents", encounter_id=view.card.encounter_id)
    return redirect("staff:doctor_document", document_id=document_id)


def _sign(request: HttpRequest, document_id: UUID) -> str:
    revision = _save(request, document_id)
    sign_medical_document(document_id=document_id, revision=revision, actor=actor_of(request), now=timezone.now())
    card = get_document(document_id=document_id, actor=actor_of(request), now=timezone.now()).card
    if card.seal_state is SealState.WAITING:
        return _("Signed. It prints once the medical affairs office has sealed it.")
    return _("The document is signed.")


def _amend(request: HttpRequest, document_id: UUID) -> str:
    reason = request.POST.get("reason", "")
    amend_document(document_id=document_id, reason=reason, actor=actor_of(request), now=timezone.now())
    return _("Write the new version and sign it. Until then the signed one holds.")


def _review(request: HttpRequest, document_id: UUID) -> str:
    review_document(document_id=document_id, actor=actor_of(request), now=timezone.now())
    return _("Change what has to be and sign. What the author signed stays readable.")


def _withdraw(request: HttpRequest, document_id: UUID) -> str:
    withdraw_draft(document_id=document_id, actor=actor_of(request), now=timezone.now())
    return _("The draft is given up.")


def _translate(request: HttpRequest, document_id: UUID) -> str:
    request_document_translation(document_id=document_id, actor=actor_of(request), now=timezone.now())
    return _("The translators have it now. The other language prints once it is reviewed.")


def _void(request: HttpRequest, document_id: UUID) -> str:
    reason = request.POST.get("reason", "")
    void_medical_document(document_id=document_id, reason=reason, actor=actor_of(request), now=timezone.now())
    return _("The document is void. Whoever checks its papers learns of it.")


_ACTS: Mapping[str, Callable[[HttpRequest, UUID], str]] = {
    "sign": _sign,
    "amend": _amend,
    "review": _review,
    "withdraw": _withdraw,
    "void": _void,
    "translate": _translate,
}


@require_GET
@doctor
def codes(request: HttpRequest, document_id: UUID, key: str) -> HttpResponse:
    """The options under the field of diagnoses, or the row of one that was taken (`code`)."""
    kind = get_own_draft(document_id=document_id, actor=actor_of(request), now=timezone.now()).kind
    section = KINDS[kind].section(key)
    if section is None:
        raise UnknownClinicalDocument
    context: dict[str, Any] = {"document_id": document_id, "key": key}
    code = request.GET.get("code", "")
    if code:
        answer = render(request, "staff_web/medical_documents/_diagnosis.html", context | {"row": get_icd10(code=code)})
        answer["HX-Trigger-After-Settle"] = "diagnosis-taken"
        return answer
    text = request.GET.get("q", "").strip()
    user_id = UUID(actor_of(request).id)
    hits = search_icd10(text=text, now=timezone.now(), user_id=user_id, limit=8) if text else []
    context |= {"hits": hits, "text": text}
    return render(request, "staff_web/medical_documents/_diagnosis_options.html", context)


@require_GET
@doctor
def print_version(request: HttpRequest, document_id: UUID, version: int) -> HttpResponse:
    """A signed version on paper."""
    paper = print_medical_document(
        document_id=document_id,
        language=paper_language(request),
        version=version,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)
