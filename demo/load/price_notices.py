"""Who was told of the surcharges before the loaded days: everybody but one, who meets the notice at the cashier."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F

from hospital.billing.models import Charge
from hospital.catalog.types import ServiceLine
from hospital.consents.models import Consent
from hospital.consents.types import Purpose, Way
from hospital.kernel.actors import ActorKind
from hospital.patients.models import Person
from hospital.workflows.price_notice import PriceNotice, get_price_notice

_CENTER: Final = "IMC"
_KIOSK: Final = "HALL-KIOSK"


def load_price_consents(*, now: datetime) -> None:
    """The notices of both service lines, accepted at the kiosk in the hall three days ago; one statement."""
    told_at = now - timedelta(hours=76)
    lines = (ServiceLine.INTL, ServiceLine.SPECIAL)
    notices = [get_price_notice(service_line=line, campus_code=_CENTER, now=now) for line in lines]
    untold = _find_untold()
    people = [row for row in Person.objects.values_list("pk", "nationality") if row[0] != untold]
    Consent.objects.bulk_create(
        _consent(notice, person_id, language="zh" if nationality in {"CHN", "HKG", "MAC", "TWN"} else "en", at=told_at)
        for person_id, nationality in people
        for notice in notices
    )


def _find_untold() -> UUID | None:
    """Somebody who waits to pay at the Center for the first time."""
    paid = Charge.objects.filter(settled_at__isnull=False, total__gt=F("base")).values("person_id")
    open_lines = Charge.objects.filter(state="PENDING", campus_id=_CENTER, total__gt=F("base"))
    return open_lines.exclude(person_id__in=paid).order_by("-created_at").values_list("person_id", flat=True).first()


def _consent(notice: PriceNotice, person_id: UUID, *, language: str, at: datetime) -> Consent:
    return Consent(
        person_id=person_id,
        purpose=Purpose.PRICE.value,
        version=notice.text.version,
        text_hash=notice.hash,
        language=language,
        given_at=at,
        scope=notice.service_line.value,
        terms=notice.terms.to_json(),
        way=Way.MACHINE.value,
        recorded_by=_KIOSK,
        recorded_by_kind=ActorKind.PARTNER.value,
    )
