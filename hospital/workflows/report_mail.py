"""That a report is ready, by the channels that the patient chose: never with a result (domain brief 7)."""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hospital.accounts.api import get_account
from hospital.appointments.api import get_appointment
from hospital.encounters.api import get_encounter
from hospital.notifications.api import notify_account
from hospital.notifications.types import Topic

LABORATORY_READY: Promise = gettext_lazy(
    "A laboratory report of your visit %(visit)s is ready. For your privacy it is not in this e-mail: "
    "open the app to read it."
)
EXAMINATION_READY: Promise = gettext_lazy(
    "An examination report of your visit %(visit)s is ready. For your privacy it is not in this e-mail: "
    "open the app to read it."
)


def notify_report_ready(*, encounter_id: UUID, body: Promise, now: datetime) -> None:
    """Tells the account that booked the visit, in its language; a visit without a booking has nobody to tell."""
    visit = get_encounter(encounter_id=encounter_id)
    if visit.appointment_id is None:
        return
    account_id = get_appointment(appointment_id=visit.appointment_id).account_id
    if account_id is None:
        return
    with translation.override(get_account(account_id=account_id).language):
        notify_account(
            account_id=account_id,
            topic=Topic.RESULTS,
            kind="report_ready",
            subject=_("A report is ready"),
            body=str(body) % {"visit": visit.number},
            sms_values=(),
            now=now,
        )
