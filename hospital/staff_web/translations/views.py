"""The translation desk: a list by what is to be done, one translation side by side."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.watching import watch_address
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import TRANSLATIONS
from hospital.staff_web.translations.rows import (
    count_open,
    list_checks,
    list_queue,
    position_of,
    segment_row,
    translation_context,
)
from hospital.translations.api import (
    accept_finding,
    confirm_segment,
    count_gaps,
    draft_by_machine,
    get_translation,
    list_segments,
    release_translation,
    reopen_translation,
    return_translation,
    save_segment,
    set_urgent,
    submit_translation,
)
from hospital.translations.ports import get_machine_translator
from hospital.translations.states import Origin
from hospital.workflows.translate_documents import request_document_translation

translator = desk_view(Role.TRANSLATOR)


@require_GET
@translator
def desk(request: HttpRequest) -> HttpResponse:
    """The first translation to do something about, or the page that says that nothing waits."""
    context = _frame(request)
    for group in context["groups"]:
        for card in group.rows:
            return redirect("staff:translation", translation_id=card.id)
    return render(request, "staff_web/translations/desk.html", context)


@require_GET
@translator
def queue(request: HttpRequest) -> HttpResponse:
    """The list alone, for its own refresh."""
    context = _frame(request) | {"current": request.GET.get("translation", "")}
    return render(request, "staff_web/translations/_queue.html", context)


@require_GET
@translator
def translation(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """One translation with what can be done with it."""
    return _show(request, translation_id)


@require_POST
@translator
def start(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Asks for the translation of a signed document and opens it."""
    translation_id = request_document_translation(document_id=document_id, actor=actor_of(request), now=timezone.now())
    return redirect("staff:translation", translation_id=translation_id)


@require_POST
@translator
def segment(request: HttpRequest, translation_id: UUID, position: int) -> HttpResponse:
    """Saves one segment; answers with what differs in it, and with the counts beside the text.
    `confirm` lets a machine's draft stand as it is."""
    actor, now = actor_of(request), timezone.now()
    text = request.POST.get("text", "")
    saved = save_segment(translation_id=translation_id, position=position, text=text, actor=actor, now=now)
    if request.POST.get("confirm"):
        saved = confirm_segment(translation_id=translation_id, position=position, actor=actor, now=now)
    segments = list_segments(translation_id=translation_id, actor=actor)
    context = {
        "row": segment_row(saved),
        "translation_id": translation_id,
        "can_write": True,
        "checks": list_checks(segments),
        "open_findings": count_open(segments),
        "unread": sum(each.origin is Origin.MACHINE for each in segments),
        "saved_at": now,
    }
    return render(request, "staff_web/translations/_saved.html", context)


@require_POST
@translator
def act(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """Accepts a difference, passes on, gives back, releases, opens again, drafts; a refusal stands above the button."""
    perform = _ACTS.get(request.POST.get("decision", ""))
    if perform is None:
        raise Http404
    try:
        opened, said = perform(request, translation_id, actor_of(request), timezone.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, translation_id, refusal=refusal)
    if said:
        messages.success(request, said)
    return redirect("staff:translation", translation_id=opened)


def _show(request: HttpRequest, translation_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    view = get_translation(translation_id=translation_id, actor=actor, now=now)
    context = _frame(request) | translation_context(view, actor=actor)
    context |= {"current": str(translation_id), "refusal": refusal, "has_machine": get_machine_translator() is not None}
    status = refusal.status if refusal else 200
    return render(request, "staff_web/translations/translation.html", context, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    return {
        "desk_code": TRANSLATIONS.code,
        "groups": list_queue(actor=actor, now=now),
        "gaps": count_gaps(),
        "live": watch_address(topics=[f"translations:{actor.campus_code}"], now=now),
    }


def _accept(request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    accept_finding(
        translation_id=translation_id,
        position=position_of(request.POST.get("position", "")),
        code=request.POST.get("code", ""),
        reason=request.POST.get("words", ""),
        actor=actor,
        now=now,
    )
    return translation_id, ""


def _submit(_request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    submit_translation(translation_id=translation_id, actor=actor, now=now)
    return translation_id, _("With the second reader now.")


def _return(request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    return_translation(translation_id=translation_id, reason=request.POST.get("words", ""), actor=actor, now=now)
    return translation_id, _("Given back to the translator, who sees why.")


def _release(_request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    release_translation(translation_id=translation_id, actor=actor, now=now)
    return translation_id, _("Released. It can be printed now.")


def _reopen(request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    opened = reopen_translation(
        translation_id=translation_id, reason=request.POST.get("words", ""), actor=actor, now=now
    )
    return opened, _("A new edition is open. The released one holds until it is released.")


def _draft(_request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    draft_by_machine(translation_id=translation_id, actor=actor, now=now)
    return translation_id, _("Drafted. Read every segment before you pass it on.")


def _urgent(request: HttpRequest, translation_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, str]:
    set_urgent(translation_id=translation_id, is_urgent=request.POST.get("urgent") == "1", actor=actor, now=now)
    return translation_id, ""


_ACTS: Mapping[str, Callable[[HttpRequest, UUID, Actor, datetime], tuple[UUID, str]]] = {
    "accept": _accept,
    "submit": _submit,
    "return": _return,
    "release": _release,
    "reopen": _reopen,
    "draft": _draft,
    "urgent": _urgent,
}
