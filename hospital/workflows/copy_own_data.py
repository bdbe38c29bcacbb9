"""A copy of everything that an account can see, as a file (A01, W19; PIPL article 45)."""

import io
import json
import zipfile
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts.api import get_account, list_devices, patient_actor
from hospital.accounts.errors import NotSignedIn
from hospital.appointments.api import list_appointments
from hospital.billing.api import list_pending_charges, list_settlements
from hospital.consents.api import fill_data_copy, get_copy_owner, list_corrections, list_ledger
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.notifications.api import list_choices, queue_email
from hospital.patients.api import list_linked_people
from hospital.results.api import get_report, list_person_exam_reports, list_reports

MOST = 1000
_READ_ME = BilingualText(
    en="""Your data

data.json holds what the International Medical Center keeps for your account, in Chinese and English where both exist.
Instants are in UTC. Reports that your doctor has not released yet are left out.
""",
    zh="""您的个人信息

data.json 包含国际医疗中心为您的账号保存的信息，有中英文的内容两种语言都在。时间为世界协调时（UTC）。
医生尚未开放的报告不在其中。
""",
)


def build_data_copy(*, copy_id: UUID, now: datetime) -> None:
    """Builds the copy that was asked for and tells its owner; a repeated job changes nothing."""
    account_id = get_copy_owner(copy_id=copy_id)
    if account_id is None:
        return
    try:
        account = get_account(account_id=account_id)
    except NotSignedIn:
        return
    content = pack_data(collect_data(account_id=account_id, now=now))
    if fill_data_copy(copy_id=copy_id, content=content, now=now) and account.email:
        with translation.override(account.language):
            queue_email(
                kind="data_copy_ready",
                address=account.email,
                language=account.language,
                subject=_("The copy of your data is ready"),
                body=_(
                    "Open the app, choose Me, then My data, and download it within seven days. For your privacy it is "
                    "not in this e-mail."
                ),
                now=now,
            )


def collect_data(*, account_id: UUID, now: datetime) -> dict[str, Any]:
    """Everything as plain values. Document numbers are masked, as the app shows them."""
    actor = patient_actor(account_id)
    people = list_linked_people(actor=actor, now=now)
    ids = [linked.person.id for linked in people]
    return {
        "made_at": now,
        "account": get_account(account_id=account_id),
        "devices": list_devices(account_id=account_id, token="", now=now),
        "notification_choices": list_choices(account_id=account_id),
        "consents": list_ledger(account_id=account_id),
        "corrections": list_corrections(account_id=account_id),
        "people": people,
        "appointments": list_appointments(person_ids=ids, limit=MOST),
        "visits": [_of_person(person_id, actor=actor, now=now) for person_id in ids],
    }


def pack_data(data: dict[str, Any]) -> bytes:
    """A ZIP with `data.json` and a note on how to read it."""
    text = json.dumps(data, default=_plain, ensure_ascii=False, indent=2)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        archive.writestr("README.txt", f"{_READ_ME.en}\n{_READ_ME.zh}")
    return buffer.getvalue()


def _of_person(person_id: UUID, *, actor: Actor, now: datetime) -> dict[str, Any]:
    reports = list_reports(person_id=person_id, actor=actor, now=now, limit=MOST)
    return {
        "person_id": person_id,
        "open_charges": list_pending_charges(person_id=person_id, actor=actor, now=now),
        "paid_bills": list_settlements(person_id=person_id, actor=actor, now=now, limit=MOST),
        "laboratory_reports": [get_report(report_id=row.id, actor=actor, now=now) for row in reports],
        "examination_reports": list_person_exam_reports(person_id=person_id, actor=actor, now=now, limit=MOST),
    }


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)
