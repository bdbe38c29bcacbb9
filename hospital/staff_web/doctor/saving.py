"""Saving the note while it is written, and choosing where two windows wrote at once (N19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.encounters.api import get_encounter
from hospital.publications.api import Change, list_changes
from hospital.records.api import get_note, save_note
from hospital.records.errors import NoteChanged
from hospital.records.types import NoteView, SaveMark
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.page import load_context

SECTIONS: Mapping[str, Promise] = {
    "complaint": _("Complaint and history"),
    "findings": _("Findings"),
    "plan": _("Plan"),
}


@dataclass(frozen=True, slots=True)
class DifferingSection:
    """One section that two windows wrote differently; `changes` lead from what is saved to what is typed here."""

    field: str
    name: Promise
    theirs: str
    mine: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class NoteConflict:
    """What was saved elsewhere since this page read the note, beside what is typed here."""

    saved: NoteView
    is_own: bool
    sections: Sequence[DifferingSection]


def save_typed(request: HttpRequest, encounter_id: UUID) -> int:
    """Saves the note as typed; returns its revision. Refuses what `save_note` refuses."""
    revision, turn = request.POST.get("revision", ""), request.POST.get("turn", "")
    window = request.POST.get("window", "")[:36]
    return save_note(
        encounter_id=encounter_id,
        **typed_sections(request),
        revision=int(revision) if revision.isdigit() else 0,
        mark=SaveMark(window, int(turn)) if window and turn.isdigit() else None,
        actor=actor_of(request),
        now=timezone.now(),
    )


def typed_sections(request: HttpRequest) -> dict[str, str]:
    """The sections of the note as they stand in the request."""
    return {field: request.POST.get(field, "").replace("\r\n", "\n") for field in SECTIONS}


def save(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Answers a save by itself with the instant and the new cost, or with both texts where another window saved."""
    try:
        revision = save_typed(request, encounter_id)
    except NoteChanged:
        response = render(
            request,
            "staff_web/doctor/_conflict.html",
            {"conflict": find_conflict(request, encounter_id)},
            status=NoteChanged.status,
        )
        response["HX-Retarget"] = "#note-conflict"
        response["HX-Reswap"] = "innerHTML"
        return response
    now = timezone.now()
    card = get_encounter(encounter_id=encounter_id)
    context = load_context(request, visit=card, actor=actor_of(request), now=now)
    return render(request, "staff_web/doctor/_saved.html", context | {"revision": revision, "saved_at": now})


def find_conflict(request: HttpRequest, encounter_id: UUID) -> NoteConflict | None:
    """The saved note beside what the request holds; None where there is no note."""
    actor = actor_of(request)
    saved = get_note(encounter_id=encounter_id, actor=actor, now=timezone.now())
    if saved is None:
        return None
    typed = typed_sections(request)
    theirs = {field: str(getattr(saved, field)) for field in SECTIONS}
    return NoteConflict(
        saved=saved,
        is_own=str(saved.writer_id) == actor.id,
        sections=[
            DifferingSection(
                field=field,
                name=name,
                theirs=theirs[field],
                mine=typed[field],
                changes=list_changes(before=theirs[field], after=typed[field].strip()),
            )
            for field, name in SECTIONS.items()
            if theirs[field] != typed[field].strip()
        ],
    )


def typed_context(request: HttpRequest, encounter_id: UUID) -> dict[str, Any]:
    """For a whole page after a signature that met another window's save: what was typed stays in the fields."""
    return {"typed": typed_sections(request), "conflict": find_conflict(request, encounter_id)}
