"""How a person is reached and wishes to be treated: what an account may change by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field
from hospital.patients.errors import IncompletePerson
from hospital.patients.links import require_records
from hospital.patients.models import Person
from hospital.patients.queries import name_of, require_access
from hospital.patients.rules.contacts import normalize_phone
from hospital.patients.rules.masking import mask_email, mask_phone
from hospital.patients.rules.names import search_key
from hospital.patients.trail import trace
from hospital.patients.types import ContactCard, NewContact

EMAIL_PLACE = "patients_person.email"
PHONE_PLACE = "patients_person.phone"


def get_contact(*, person_id: UUID, actor: Actor, now: datetime) -> ContactCard:
    """E-mail and phone of a person, masked; empty where there is none. Refusals: those of `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    row = Person.objects.only("email", "phone").get(pk=person_id)
    email, phone = decrypt_field(row.email, place=EMAIL_PLACE), decrypt_field(row.phone, place=PHONE_PLACE)
    return ContactCard(email=mask_email(email) if email else "", phone=mask_phone(phone) if phone else "")


def change_contact(*, person_id: UUID, change: NewContact, actor: Actor, now: datetime) -> None:
    """Changes what is given, and nothing else. What the document prints is changed at the desk, not here.

    Refusals: `IncompletePerson` naming the fields, `RecordsClosed` for an adult who has not agreed, those of
    `require_access`.
    """
    require_records(actor=actor, person_id=person_id, now=now)
    _check(change)
    with acting(actor=actor):
        row = Person.objects.select_for_update().get(pk=person_id)
        for name, value in _columns(change).items():
            setattr(row, name, value)
        row.name_key = search_key(name_of(row))
        row.save()
        trace(actor=actor, action="patients.change_contact", person_id=person_id, now=now)


def _check(change: NewContact) -> None:
    faults = {
        "email": not _is_email(change.email or ""),
        "phone": normalize_phone(change.phone or "") is None,
        "name": len(change.preferred_name or "") > 120,
    }
    if any(faults.values()):
        raise IncompletePerson(fields=", ".join(field for field, is_faulty in faults.items() if is_faulty))


def _is_email(text: str) -> bool:
    try:
        validate_email(text.strip())
    except ValidationError:
        return not text.strip()
    return len(text) <= 254


def _columns(change: NewContact) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if change.email is not None:
        email = change.email.strip()
        values |= {
            "email": encrypt_field(email, place=EMAIL_PLACE),
            "email_index": blind_index(email, place=EMAIL_PLACE),
        }
    if change.phone is not None:
        phone = normalize_phone(change.phone) or ""
        values |= {
            "phone": encrypt_field(phone, place=PHONE_PLACE),
            "phone_index": blind_index(phone, place=PHONE_PLACE),
        }
    if change.preferred_name is not None:
        values["preferred_name"] = change.preferred_name.strip()
    if change.languages is not None:
        values["languages"] = list(change.languages)
    if change.needs_interpreter is not None:
        values["needs_interpreter"] = change.needs_interpreter
    return values
