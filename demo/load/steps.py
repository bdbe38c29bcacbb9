"""The parts of the demonstration in the order in which they build on each other."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from demo.load.acquirer import load_acquirer
from demo.load.analyzer_messages import leave_messages
from demo.load.assistance import load_assistance
from demo.load.beds import load_beds
from demo.load.catalog import load_catalog, load_drafts
from demo.load.clock import local_date
from demo.load.closings import load_closings
from demo.load.desk_requests import load_desk_requests
from demo.load.diagnoses import load_diagnoses
from demo.load.examinations import load_devices, load_exam_bookings
from demo.load.fiscal import load_fiscal
from demo.load.history import load_history
from demo.load.images import load_images
from demo.load.insurers import load_insurers
from demo.load.kept import load_kept
from demo.load.laboratory import load_laboratory
from demo.load.medical_documents import load_medical_documents
from demo.load.organization import load_organization
from demo.load.partners import load_partners
from demo.load.people import load_people
from demo.load.pharmacy import load_pharmacy_day, load_stock
from demo.load.price_notices import load_price_consents
from demo.load.publications import load_publications
from demo.load.rosters import load_rosters
from demo.load.translations import load_glossary, load_translations
from demo.load.visits import load_visits
from demo.load.waitlist import load_waitlist
from hospital.accounts.models import User
from hospital.kernel.partitions import PARTITIONED_TABLES, ensure_month_partitions


def is_loaded() -> bool:
    """Whether somebody can sign in already; then this database is not ours to fill."""
    return User.objects.exists()


def steps(*, now: datetime) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name and work of each part; `now` is the instant around which the loaded days lie."""
    today = local_date(now)
    yield "partitions", lambda: _ensure_partitions(today=today)
    yield "organization", lambda: load_organization(now=now)
    yield "catalog", lambda: load_catalog(now=now)
    yield "drafts of prices", lambda: load_drafts(now=now)
    yield "diagnoses", load_diagnoses
    yield "laboratory", lambda: load_laboratory(now=now)
    yield "people", lambda: load_people(now=now)
    yield "insurers", lambda: load_insurers(now=now)
    yield "rosters", lambda: load_rosters(today=today, now=now)
    yield "devices", lambda: load_devices(today=today)
    yield "stock of drugs", lambda: load_stock(now=now, today=today)
    yield "templates", load_kept
    yield "visits", lambda: load_visits(now=now)
    yield "history", lambda: load_history(now=now)
    yield "pharmacy", lambda: load_pharmacy_day(now=now)
    yield "analyzers", lambda: leave_messages(now=now)
    yield "examinations", lambda: load_exam_bookings(now=now)
    yield "images", lambda: load_images(now=now)
    yield "price notices", lambda: load_price_consents(now=now)
    yield "glossary", lambda: load_glossary(now=now)
    yield "medical documents", lambda: load_medical_documents(now=now)
    yield "translations", lambda: load_translations(now=now)
    yield "beds", lambda: load_beds(today=today, now=now)
    yield "waitlist", lambda: load_waitlist(now=now)
    yield "requests between desks", lambda: load_desk_requests(now=now)
    yield "help and wishes", lambda: load_assistance(now=now)
    yield "closings", lambda: load_closings(now=now)
    yield "publications", lambda: load_publications(now=now)
    yield "acquirer", load_acquirer
    yield "fiscal", load_fiscal
    yield "partners", lambda: load_partners(now=now)


def _ensure_partitions(*, today: date) -> None:
    """The loaded days may reach into last month, which no running hospital still writes to."""
    month = today.replace(day=1)
    last_month = (
        month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)
    )
    for table in PARTITIONED_TABLES:
        ensure_month_partitions(table=table, first=last_month, months=4)
