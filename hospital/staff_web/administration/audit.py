"""The audit desk: who looked at and changed what, break-glass, the chain (N14, N19)."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import find_staff_id, get_staff_names
from hospital.audit.api import find_broken_seal, get_entry, record_act
from hospital.kernel.actors import Role
from hospital.patients.api import checked_reason, list_emergency_accesses
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.administration.trail import (
    KINDS,
    PERIODS,
    TrailFilter,
    get_row,
    list_rows,
    masked_names,
)
from hospital.staff_web.desks import AUDIT
from hospital.staff_web.people.lookup import find_exactly

auditor = desk_view(Role.AUDIT_ADMIN)


@require_GET
@auditor
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, filtered. Reading it about one person or one member of staff is itself an entry."""
    now = timezone.now()
    asked, unknown = read_filter(request)
    if (asked.person_id or asked.actor_id) and asked.before_id is None:
        _record_reading(request, asked)
    rows, older_id = list_rows(asked=asked, now=now)
    names = masked_names(person_ids={asked.person_id} if asked.person_id else set(), now=now)
    context = {
        "desk_code": AUDIT.code,
        "rows": rows,
        "asked": asked,
        "unknown": unknown,
        "kinds": [(code, name, _address(asked, kind=code)) for code, name in KINDS.items()],
        "periods": [(code, name, _address(asked, period=code)) for code, (name, _) in PERIODS.items()],
        "older": _address(asked, before=older_id) if older_id else "",
        "person": names.get(asked.person_id, "") if asked.person_id else "",
        "staff": rows[0].entry.actor_label if rows and asked.actor_id else "",
        "without_person": _address(replace(asked, person_id=None)),
        "without_actor": _address(replace(asked, actor_id="")),
    }
    return render(request, "staff_web/administration/audit.html", context)


def _record_reading(request: HttpRequest, asked: TrailFilter) -> None:
    record_act(
        actor=actor_of(request),
        action="audit.read",
        subject_kind="audit",
        subject_id=asked.actor_id or str(asked.person_id),
        person_id=asked.person_id,
        now=timezone.now(),
        details={"kind": asked.kind, "period": asked.period},
    )


def read_filter(request: HttpRequest) -> tuple[TrailFilter, str]:
    """The filter of the address, and what was typed and belongs to nobody."""
    get = request.GET
    person_id = _read_id(get.get("person", ""))
    actor_id = str(_read_id(get.get("actor", "")) or "")
    typed = get.get("who", "").strip()
    unknown = ""
    if typed:
        person_id = find_exactly(number=typed) or person_id
        staff_id = None if person_id else find_staff_id(text=typed)
        actor_id = str(staff_id or actor_id)
        unknown = "" if person_id or actor_id else typed
    before = get.get("before", "")
    asked = TrailFilter(
        kind=get.get("kind", "all") if get.get("kind") in KINDS else "all",
        period=get.get("period", "week") if get.get("period") in PERIODS else "week",
        person_id=person_id,
        actor_id=actor_id,
        before_id=int(before) if before.isdecimal() else None,
    )
    return asked, unknown


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _address(asked: TrailFilter, **changes: Any) -> str:
    """The address of the same view with something changed; paging starts anew unless `before` is given."""
    values = {
        "kind": asked.kind,
        "period": asked.period,
        "person": str(asked.person_id or ""),
        "actor": asked.actor_id,
        **changes,
    }
    return f"?{urlencode({name: value for name, value in values.items() if value})}"


@require_GET
@auditor
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry with the versions of its row, names and birth dates hidden."""
    return _show_entry(request, entry_id, is_unmasked=False)


def _show_entry(request: HttpRequest, entry_id: int, *, is_unmasked: bool) -> HttpResponse:
    found = get_row(entry_id=entry_id, now=timezone.now(), is_unmasked=is_unmasked)
    if found is None:
        raise Http404
    row, versions = found
    has_hidden = any(change.is_hidden for version in versions for change in version.changes)
    context = {"row": row, "versions": versions, "has_hidden": has_hidden}
    return render(request, "staff_web/administration/_entry.html", context)


@require_POST
@auditor
def unmask_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The versions with names and birth dates, for a reason that is itself an entry (N14)."""
    reason = checked_reason(request.POST.get("reason", ""))
    entry = get_entry(entry_id=entry_id)
    if entry is None:
        raise Http404
    record_act(
        actor=actor_of(request),
        action="patients.unmask_versions",
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        person_id=entry.person_id,
        reason=reason,
        now=timezone.now(),
        details={"entry": entry_id},
    )
    return _show_entry(request, entry_id, is_unmasked=True)


@require_POST
@auditor
def verify(request: HttpRequest) -> HttpResponse:
    """Walks the whole hash chain and says whether it holds."""
    broken = find_broken_seal()
    now = timezone.now()
    record_act(
        actor=actor_of(request),
        action="audit.verify",
        subject_kind="audit",
        subject_id="chain",
        now=now,
        details={"broken_at": broken},
    )
    return render(request, "staff_web/administration/_chain.html", {"broken": broken, "verified_at": now})


@require_GET
@auditor
def emergencies(request: HttpRequest) -> HttpResponse:
    """Break-glass openings, newest first."""
    now = timezone.now()
    found = list_emergency_accesses()
    names = get_staff_names(user_ids={each.user_id for each in found})
    people = masked_names(person_ids={each.person_id for each in found}, now=now)
    rows = [
        {
            "access": each,
            "staff": names.get(each.user_id, ""),
            "person": people.get(each.person_id, ""),
            "is_open": each.expires_at > now,
            "address": urlencode({"person": str(each.person_id), "actor": str(each.user_id), "period": "all"}),
        }
        for each in found
    ]
    return render(request, "staff_web/administration/emergencies.html", {"desk_code": AUDIT.code, "rows": rows})
