"""The whole demonstration loads into an empty database, and what it leaves fills every desk."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F, Q

from demo.load.actors import loader, staff_actor
from demo.load.clock import local_date
from demo.load.steps import steps
from demo.logins import DEMO_LOGINS, DEMO_PATIENT_NAME
from demo.management.commands.load_demo import Command
from hospital.accounts.api import patient_actor
from hospital.accounts.models import RoleGrant, User
from hospital.appointments.models import Appointment, WaitlistEntry
from hospital.beds.models import BedStay
from hospital.beds.states import StayState
from hospital.billing.models import Charge, RefundNote, Settlement
from hospital.campuses.models import Clinician
from hospital.catalog.models import CatalogItem
from hospital.encounters.models import Encounter
from hospital.kernel.events import list_events
from hospital.patients.models import AccountPerson, Person
from hospital.publications.api import get_shown_of, list_articles, list_portraits, list_shown
from hospital.publications.states import TranslationStatus
from hospital.publications.types import ArticleKind
from hospital.receipts.api import list_receipts
from hospital.receipts.states import ReceiptKind
from hospital.results.models import LabReport, ResultValue, Specimen
from hospital.scheduling.models import RosterSession, Slot
from hospital.workflows.ordered_exams import list_ordered_exams

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    staff_actor.cache_clear()
    yield
    staff_actor.cache_clear()


# In the middle of a working day, and one minute past midnight in Guangzhou after a Sunday without clinics.
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 1, 16, 1, tzinfo=UTC)


def load(now: datetime) -> None:
    for _, act in steps(now=now):
        act()


@pytest.mark.timeout(420)
def test_one_minute_past_midnight_no_desk_is_empty():
    load(MIDNIGHT)
    check_desks(MIDNIGHT)


@pytest.mark.timeout(420)
def test_at_noon_no_desk_is_empty_and_everything_agrees():
    load(NOON)
    check_desks(NOON)
    check_sizes(NOON)
    check_sums()
    check_receipts()
    check_times(NOON)
    check_history()
    check_logins()
    check_publications(NOON)
    check_what_comes(NOON)


def check_desks(now: datetime) -> None:
    today = local_date(now)
    states = set(Encounter.objects.filter(queue_on=today).values_list("state", flat=True))
    assert {"REGISTERED", "CHECKED_IN", "CALLED", "IN_CONSULT", "DONE", "PASSED"} <= states
    assert Encounter.objects.filter(queue_on=today - timedelta(days=1)).exclude(state="DONE").count() == 0
    assert {"REQUESTED", "COLLECTED", "RECEIVED", "RESULTED", "VERIFIED"} <= set(
        Specimen.objects.values_list("state", flat=True)
    )
    assert ResultValue.objects.filter(is_critical=True, calls=None).exists()  # one waits for its call
    assert {"PENDING", "SETTLED", "REFUNDED"} <= set(Charge.objects.values_list("state", flat=True))
    assert RefundNote.objects.filter(state="COMPLETED").exists()
    assert set(StayState) - {"ENDED", "CANCELLED"} == set(BedStay.objects.values_list("state", flat=True))
    assert BedStay.objects.filter(state="RESERVED", starts_on=today, room__ward__campus_id="IMC").exists()
    bookable = Slot.objects.filter(starts_at__gt=now, taken__lt=F("capacity"), session__department__code="IMC-CARD")
    assert bookable.filter(session__held_on=today).exists()


def check_sizes(now: datetime) -> None:
    assert Person.objects.count() == 200
    assert Person.objects.values("nationality").distinct().count() >= 25
    assert CatalogItem.objects.count() >= 400
    assert CatalogItem.objects.values("kind").distinct().count() == 5
    sitting = set(RosterSession.objects.filter(held_on__gt=local_date(now)).values_list("clinician_id", flat=True))
    assert sitting == set(Clinician.objects.values_list("id", flat=True))


def check_sums() -> None:
    for slot in Slot.objects.filter(taken__gt=0):
        active = Appointment.objects.filter(slot=slot, state__in=["HELD", "BOOKED", "TAKEN"]).count()
        assert slot.taken == active
    for settlement in Settlement.objects.all():
        paid = sum(charge.total for charge in Charge.objects.filter(settlement=settlement))
        assert paid == settlement.amount


def check_receipts() -> None:
    """Every paid bill has its receipts, which come to what was paid less what went back (F47)."""
    settled = list(Settlement.objects.filter(state="SETTLED", amount__gt=0))
    receipts = list_receipts(settlement_ids=[settlement.id for settlement in settled])
    for settlement in settled:
        back = RefundNote.objects.filter(settlement=settlement, state="COMPLETED")
        left = settlement.amount + settlement.cash_rounding - sum(note.amount + note.cash_rounding for note in back)
        assert sum(receipt.signed_amount for receipt in receipts[settlement.id] if receipt.number) == left
    assert {receipt.kind for found in receipts.values() for receipt in found} == set(ReceiptKind)


def check_times(now: datetime) -> None:
    assert not Encounter.objects.filter(Q(done_at__gt=now) | Q(checked_in_at__gt=now)).exists()
    for report in LabReport.objects.filter(state="VERIFIED"):
        assert report.tester_id != report.verifier_id
        assert report.collected_at <= report.received_at <= report.tested_at <= report.reported_at
    visit = Encounter.objects.filter(state="DONE", queue_on=local_date(now) - timedelta(days=1)).first()
    kinds = [event.kind for event in list_events(encounter_id=visit.id)]
    assert kinds.index("encounters.registered") < kinds.index("encounters.called") < kinds.index("encounters.done")


def check_history() -> None:
    family, given = DEMO_PATIENT_NAME
    values = ResultValue.objects.filter(
        code="HGB", report__state="VERIFIED", report__person__family_name=family, report__person__given_names=given
    )
    assert len({value.report.collected_at for value in values.select_related("report")}) == 4
    assert all(value.flag == "H" for value in values if value.number > value.high)


def check_logins() -> None:
    for _, _, username, password in DEMO_LOGINS:
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert RoleGrant.objects.filter(user=user).exists()


def test_a_database_in_use_is_left_alone():
    User.objects.create(username="somebody", staff_no="X1", name_zh="某人", name_en="Somebody")
    out = StringIO()
    call_command(Command(), stdout=out)
    assert "nothing was loaded" in out.getvalue()
    assert User.objects.count() == 1
    assert not Person.objects.exists()


def check_publications(now: datetime) -> None:
    """Patients find something to read in both languages; editors find gaps (A02)."""
    for kind, least in ((ArticleKind.ANNOUNCEMENT, 7), (ArticleKind.GUIDE, 8), (ArticleKind.HELP, 8)):
        shown = list_shown(now=now, kind=kind)
        assert len(shown) >= least
        assert all(row.content.title.en and row.content.body.en for row in shown)
    for campus in ("IMC", "NORTH", "SOUTH", "HUADU"):
        page = get_shown_of(now=now, kind=ArticleKind.CAMPUS, campus_code=campus)
        assert page is not None
        assert page.content.texts["hours"].en
    doctors = list(Clinician.objects.values_list("pk", flat=True))
    assert len(list_portraits(now=now, clinician_ids=doctors)) == len(doctors)
    worth = {row.status for row in list_articles(actor=loader(), now=now)}
    assert worth == set(TranslationStatus)


def check_what_comes(now: datetime) -> None:
    """Places that are not released yet, a waitlist with an offer, and what the known patient has to plan."""
    assert Slot.objects.filter(opens_at__gt=now, session__is_stopped=False).count() > 20
    states = WaitlistEntry.objects.order_by("joined_at").values_list("state", flat=True)
    assert list(states) == ["OFFERED", "WAITING", "WAITING"]
    known = AccountPerson.objects.get(relation="SELF", person__family_name=DEMO_PATIENT_NAME[0])
    exams = list_ordered_exams(person_id=known.person_id, actor=patient_actor(known.account_id), now=now)
    assert sum(exam.status == "TO_PLAN" for exam in exams) == 2
