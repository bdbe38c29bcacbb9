"""The audit trail as the audit desk shows it: one page at a time, people masked, staff by name (N14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hospital.audit.api import get_entry, list_entries, list_versions
from hospital.kernel.actors import system_actor
from hospital.patients.api import list_people, mask_name
from hospital.staff_web.administration.subjects import TABLES, subject_word
from hospital.staff_web.administration.words import ActWord, act_word

PAGE = 50
# Columns that follow from others.
_DERIVED = {"name_key", "pinyin", "printed_name", "version"}
# What says who somebody is: hidden as in the list, until the auditor asks for it with a reason.
_PERSONAL = {"family_name", "given_names", "chinese_name", "preferred_name", "birth_date", "insurer", "plan"}
_HIDDEN = "****"
KINDS: dict[str, Promise] = {
    "all": _("All"),
    "break_glass": _("Break-glass"),
    "refused": _("Refused"),
    "unmask": _("Unmasked"),
    "sign_in": _("Sign-ins"),
}
_ACTIONS = {"break_glass": "patients.break_glass", "unmask": "patients.unmask", "sign_in": "accounts.sign_in"}
PERIODS: dict[str, tuple[Promise, timedelta | None]] = {
    "day": (_("Last 24 hours"), timedelta(days=1)),
    "week": (_("Last 7 days"), timedelta(days=7)),
    "all": (_("All time"), None),
}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the reader asked to see."""

    kind: str = "all"
    period: str = "week"
    person_id: UUID | None = None
    actor_id: str = ""
    action: str = ""
    before_id: int | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry with its word and its masked person."""

    entry: Any
    word: ActWord
    subject: str | Promise
    person: str
    is_glass: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a row, before and after."""

    name: str
    before: str
    after: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a row with the columns that changed."""

    at: datetime
    operation: str
    actor: str
    changes: tuple[FieldChange, ...]


def list_rows(*, asked: TrailFilter, now: datetime) -> tuple[list[TrailRow], int | None]:
    """One page of entries, newest first, and the number to page on from; two statements and those of the people."""
    span = PERIODS[asked.period][1]
    entries = list(
        list_entries(
            person_id=asked.person_id,
            actor_id=asked.actor_id,
            action=_ACTIONS.get(asked.kind, asked.action),
            before_id=asked.before_id,
            since=now - span if span else None,
            is_refused=True if asked.kind == "refused" else None,
            limit=PAGE + 1,
        )
    )
    names = masked_names(person_ids={entry.person_id for entry in entries if entry.person_id}, now=now)
    rows = [
        TrailRow(
            entry,
            act_word(action=entry.action, was_refused=entry.was_refused),
            subject_word(kind=entry.subject_kind),
            names.get(entry.person_id, "") if entry.person_id else "",
            entry.action == "patients.break_glass",
        )
        for entry in entries[:PAGE]
    ]
    return rows, entries[PAGE - 1].id if len(entries) > PAGE else None


def masked_names(*, person_ids: Iterable[UUID], now: datetime) -> dict[UUID, str]:
    """People as an auditor sees them: the name masked, the record number."""
    ids = set(person_ids)
    if not ids:
        return {}
    language = get_language() or "en"
    cards = list_people(actor=system_actor("audit desk"), person_ids=ids, now=now)
    return {id_: f"{mask_name(card.name, language=language)} {card.mrn_at('')}".strip() for id_, card in cards.items()}


def get_row(*, entry_id: int, now: datetime, is_unmasked: bool = False) -> tuple[TrailRow, list[VersionView]] | None:
    """One entry with the versions of its row around it; None when there is none.

    Names and birth dates are hidden unless `is_unmasked`, which the caller records first.
    """
    entry = get_entry(entry_id=entry_id)
    if entry is None:
        return None
    names = masked_names(person_ids={entry.person_id} if entry.person_id else set(), now=now)
    row = TrailRow(
        entry,
        act_word(action=entry.action, was_refused=entry.was_refused),
        subject_word(kind=entry.subject_kind),
        names.get(entry.person_id, "") if entry.person_id else "",
        entry.action == "patients.break_glass",
    )
    table = TABLES.get(entry.subject_kind, "")
    versions = list_versions(table_name=table, row_id=entry.subject_id)[-8:] if table else []
    return row, [_version(each, is_unmasked=is_unmasked) for each in reversed(versions)]


def _version(version: Any, *, is_unmasked: bool) -> VersionView:
    before: Mapping[str, Any] = version.before or {}
    after: Mapping[str, Any] = version.after or {}
    # A row that was made or deleted has no change to show, and its values are nobody's business here.
    names = {*before, *after} if before and after else set()
    changed = [name for name in sorted(names) if before.get(name) != after.get(name) and not _is_hidden(name)]
    return VersionView(
        at=version.at,
        operation=version.operation,
        actor=version.actor.rsplit(":", maxsplit=1)[-1],
        changes=tuple(
            _change(name, before.get(name), after.get(name), is_hidden=name in _PERSONAL and not is_unmasked)
            for name in changed
        ),
    )


def _change(name: str, before: Any, after: Any, *, is_hidden: bool) -> FieldChange:
    if is_hidden:
        return FieldChange(name, _HIDDEN if before else "—", _HIDDEN if after else "—", is_hidden=True)
    return FieldChange(name, _text(before), _text(after))


def _is_hidden(name: str) -> bool:
    return name.endswith("_index") or name in _DERIVED


def _text(value: Any) -> str:
    return "—" if value is None or value == "" else str(value)[:160]
