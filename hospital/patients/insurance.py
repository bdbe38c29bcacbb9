"""Cards of commercial insurers as patients record them; nobody asks the insurer yet."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import encrypt_field
from hospital.kernel.sealed_files import delete_sealed, read_sealed, store_sealed
from hospital.kernel.uploads import CheckedUpload, check_upload
from hospital.patients.errors import IncompletePerson, UnknownInsuranceCard
from hospital.patients.models import InsuranceCard
from hospital.patients.queries import require_access
from hospital.patients.rules.masking import HIDDEN
from hospital.patients.trail import trace
from hospital.patients.types import InsuranceCardView, NewInsuranceCard

NUMBER_PLACE = "patients_insurancecard.member_number"
PICTURE_PLACE = "patients_insurancecard.picture"


def list_insurance_cards(*, person_id: UUID, actor: Actor, now: datetime) -> list[InsuranceCardView]:
    """The current cards of a person, the newest first. Refusals: those of `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    return [
        InsuranceCardView(
            id=row.id,
            insurer=row.insurer,
            plan=row.plan,
            masked_number=row.masked_number,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            has_picture=bool(row.picture),
        )
        for row in InsuranceCard.objects.filter(person_id=person_id, ended_at=None).order_by("-added_at")
    ]


def add_insurance_card(*, person_id: UUID, card: NewInsuranceCard, actor: Actor, now: datetime) -> UUID:
    """Records a card. Refuses with `IncompletePerson`, naming the fields, and like `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    number = "".join(card.member_number.split())
    faults = {
        "insurer": not 0 < len(card.insurer.strip()) <= 120,
        "member_number": not 0 < len(number) <= 60,
        "valid_to": card.valid_from is not None and card.valid_to is not None and card.valid_to < card.valid_from,
    }
    if any(faults.values()):
        raise IncompletePerson(fields=", ".join(field for field, is_faulty in faults.items() if is_faulty))
    with acting(actor=actor):
        row = InsuranceCard.objects.create(
            person_id=person_id,
            insurer=card.insurer.strip(),
            plan=card.plan.strip()[:120],
            member_number=encrypt_field(number, place=NUMBER_PLACE),
            masked_number=HIDDEN + number[-4:] if len(number) > 6 else HIDDEN + number[-1:],
            valid_from=card.valid_from,
            valid_to=card.valid_to,
            added_at=now,
        )
        trace(actor=actor, action="patients.add_insurance", person_id=person_id, now=now)
    return row.id


def end_insurance_card(*, person_id: UUID, card_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a card off the list and deletes its picture. Refuses with `UnknownInsuranceCard`, like `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        row = _lock(person_id=person_id, card_id=card_id)
        InsuranceCard.objects.filter(pk=row.pk).update(ended_at=now, picture="")
        transaction.on_commit(lambda: delete_sealed(name=row.picture))
        trace(actor=actor, action="patients.end_insurance", person_id=person_id, now=now)


def set_insurance_picture(*, person_id: UUID, card_id: UUID, content: bytes, actor: Actor, now: datetime) -> None:
    """Keeps a picture of a card, encrypted; a second one replaces it.

    Refusals: `UploadTooLarge`, `UploadNotAccepted`, `UnknownInsuranceCard`, those of `require_access`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    upload = check_upload(content, allows_pdf=False)
    name = store_sealed(content=upload.content, place=PICTURE_PLACE)
    try:
        with acting(actor=actor):
            row = _lock(person_id=person_id, card_id=card_id)
            InsuranceCard.objects.filter(pk=row.pk).update(picture=name)
            transaction.on_commit(lambda: delete_sealed(name=row.picture))
            trace(actor=actor, action="patients.set_insurance_picture", person_id=person_id, now=now)
    except BaseException:
        delete_sealed(name=name)
        raise


def read_insurance_picture(*, person_id: UUID, card_id: UUID, actor: Actor, now: datetime) -> CheckedUpload:
    """The picture of a card. Refusals: `UnknownInsuranceCard` (also without one), those of `require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    row = InsuranceCard.objects.filter(pk=card_id, person_id=person_id, ended_at=None).exclude(picture="").first()
    if row is None:
        raise UnknownInsuranceCard
    trace(actor=actor, action="patients.view_insurance_picture", person_id=person_id, now=now)
    return CheckedUpload(read_sealed(name=row.picture, place=PICTURE_PLACE), "image/jpeg")


def _lock(*, person_id: UUID, card_id: UUID) -> InsuranceCard:
    row = InsuranceCard.objects.select_for_update().filter(pk=card_id, person_id=person_id, ended_at=None).first()
    if row is None:
        raise UnknownInsuranceCard
    return row
