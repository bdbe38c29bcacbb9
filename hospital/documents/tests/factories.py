"""People, actors and documents for the tests of this context."""

from datetime import UTC, date, datetime
from uuid import UUID

from hospital.documents.api import DocumentKind, IssuedPaper, PaperContent, PaperLanguage, Subject, issue_document
from hospital.documents.content import kind_of
from hospital.documents.samples import list_samples
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.patients.models import Person

NOW = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
REGISTRAR = Actor(
    kind=ActorKind.STAFF,
    id=str(new_id()),
    label="HE Xiaomin",
    grants=frozenset({(Role.REGISTRAR, "IMC")}),
    campus_code="IMC",
)
STRANGER = Actor(
    kind=ActorKind.STAFF,
    id=str(new_id()),
    label="XU Lan",
    grants=frozenset({(Role.DOCTOR, "SOUTH")}),
    campus_code="SOUTH",
)
BILL = Subject("billing.bill", "B-20261124-001183")


def make_person(family_name: str = "WHITAKER-HALE") -> UUID:
    """A person in the index."""
    person = Person.objects.create(
        family_name=family_name,
        given_names="Oliver James",
        sex="M",
        birth_date=date(1984, 3, 17),
        nationality="GBR",
        created_at=NOW,
        created_by="test",
    )
    return person.id


def make_document(
    name: str = "fee-statement",
    *,
    content: PaperContent | None = None,
    subject: Subject = BILL,
    person_id: UUID | None = None,
    language: PaperLanguage = PaperLanguage.EN,
    now: datetime = NOW,
    replaces: str | None = None,
) -> IssuedPaper:
    """An issued sample."""
    paper = content or list_samples()[name]
    kind: DocumentKind = kind_of(paper)
    return issue_document(
        kind=kind,
        subject=subject,
        person_id=person_id,
        content=paper,
        actor=REGISTRAR,
        now=now,
        language=language,
        replaces=replaces,
    )
