"""Links by which a patient lets somebody else read one report (A08, W26).

A link reads as the account that made it: what the account may not read any more (a report that was amended and waits
for the doctor, a person no longer on its list) its links do not show either.
"""

import ipaddress
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.crypto import keyed_hash
from hospital.results.errors import ShareBusy, TooManyShares, UnknownReport, UnknownShare
from hospital.results.models import ExamReport, LabReport, ReportShare, ShareOpening
from hospital.results.queries.exams import get_exam_report
from hospital.results.queries.reports import get_report
from hospital.results.types import NewShare, OpenedShare, PatientReportKind

DAYS = (1, 7, 30)
MOST_WORKING = 5
MOST_AN_HOUR = 60


def share_report(*, kind: PatientReportKind, report_id: UUID, days: int, actor: Actor, now: datetime) -> NewShare:
    """A new link to a report that the patient can read now; it works for 1, 7 or 30 days.

    The token is told this once. Refuses `UnknownReport` (also: no patient asks), `ReportClosed`, `TooManyShares`,
    `UnknownPerson`, `RecordsClosed`.
    """
    if actor.kind is not ActorKind.PATIENT or days not in DAYS:
        raise UnknownReport
    person_id = _read(kind=kind, report_id=report_id, actor=actor, now=now)
    token = secrets.token_urlsafe(24)
    is_lab = kind is PatientReportKind.LAB
    with acting(actor=actor):
        _lock(kind=kind, report_id=report_id)
        of_report = {"lab_report_id": report_id} if is_lab else {"exam_report_id": report_id}
        working = ReportShare.objects.filter(withdrawn_at=None, expires_at__gt=now, **of_report)
        if working.count() >= MOST_WORKING:
            raise TooManyShares(limit=MOST_WORKING)
        share = ReportShare.objects.create(
            token_hash=_hash(token),
            account_id=UUID(actor.id),
            person_id=person_id,
            created_at=now,
            expires_at=now + timedelta(days=days),
            lab_report_id=report_id if is_lab else None,
            exam_report_id=None if is_lab else report_id,
        )
        _record(share, action="results.share", actor=actor, now=now, details={"days": days})
    return NewShare(id=share.id, token=token, expires_at=share.expires_at)


def withdraw_share(*, share_id: UUID, actor: Actor, now: datetime) -> None:
    """Ends a link at once; a second time changes nothing. Whoever may read the person's reports may do it.

    Refuses `UnknownShare`.
    """
    share = ReportShare.objects.filter(pk=share_id).first()
    if share is None or actor.kind is not ActorKind.PATIENT:
        raise UnknownShare
    require_clinical_access(actor=actor, person_id=share.person_id, now=now)
    with acting(actor=actor):
        if ReportShare.objects.filter(pk=share_id, withdrawn_at=None).update(withdrawn_at=now):
            _record(share, action="results.withdraw_share", actor=actor, now=now)


def find_share(*, token: str, now: datetime) -> OpenedShare:
    """What a working link leads to, without a trace. Refuses `UnknownShare`: unknown, withdrawn and expired alike."""
    share = ReportShare.objects.filter(
        token_hash=_hash(token), withdrawn_at=None, expires_at__gt=now, account__is_active=True
    ).first()
    if share is None:
        raise UnknownShare
    is_lab = share.lab_report_id is not None
    return OpenedShare(
        id=share.id,
        kind=PatientReportKind.LAB if is_lab else PatientReportKind.EXAM,
        report_id=share.lab_report_id or share.exam_report_id or share.id,
        account_id=share.account_id,
        person_id=share.person_id,
        expires_at=share.expires_at,
    )


def open_share(*, token: str, is_paper: bool, user_agent: str, actor: Actor, now: datetime) -> OpenedShare:
    """Notes a look by a link and says what it leads to. `actor` is nobody known, with the address they come from.

    Refuses `UnknownShare`, `ShareBusy` (opened 60 times within the hour).
    """
    with acting(actor=actor):
        found = find_share(token=token, now=now)
        share = ReportShare.objects.select_for_update().get(pk=found.id)
        if share.withdrawn_at is not None:
            raise UnknownShare
        if share.openings.filter(opened_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            raise ShareBusy
        ShareOpening.objects.create(
            share=share,
            opened_at=now,
            is_paper=is_paper,
            network=coarse_network(actor.ip),
            user_agent=re.sub(r"[^\x20-\x7e]", "", user_agent)[:200],
        )
        _record(share, action="results.open_share", actor=actor, now=now, details={"paper": is_paper})
    return found


def coarse_network(address: str) -> str:
    """An address without the part that names one connection: `203.0.113.*`, `2001:db8:77::*`; empty for none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if parsed.version == 4:
        return f"{str(parsed).rpartition('.')[0]}.*"
    return f"{ipaddress.ip_network(f'{parsed}/48', strict=False).network_address}*"


def _read(*, kind: PatientReportKind, report_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Whose report it is, once the account has proved that it may read it."""
    if kind is PatientReportKind.LAB:
        return get_report(report_id=report_id, actor=actor, now=now).person_id
    return get_exam_report(report_id=report_id, actor=actor, now=now).person_id


def _lock(*, kind: PatientReportKind, report_id: UUID) -> None:
    """Two links made at once are counted one after the other."""
    if kind is PatientReportKind.LAB:
        LabReport.objects.select_for_update().get(pk=report_id)
    else:
        ExamReport.objects.select_for_update().get(pk=report_id)


def _hash(token: str) -> str:
    return keyed_hash(f"report_share:{token}")


def _record(
    share: ReportShare, *, action: str, actor: Actor, now: datetime, details: dict[str, object] | None = None
) -> None:
    report_id = share.lab_report_id or share.exam_report_id
    record_act(
        actor=actor,
        action=action,
        subject_kind="report_share",
        subject_id=str(share.id),
        person_id=share.person_id,
        now=now,
        details={"report": str(report_id), **(details or {})},
    )
