"""New people for tests."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from hospital.patients.types import NewDocument, NewPerson

_numbers = count(1)


def new_person(**changes: Any) -> NewPerson:
    """A British patient with a passport of their own; `document` may be given as a dict of changes."""
    document = NewDocument(type="PASSPORT", number=f"5331{next(_numbers):05d}", issuer="GBR")
    document = replace(document, **changes.pop("document", {}))
    person = NewPerson(
        family_name="Fraser-Whitcombe",
        given_names="Alistair James",
        sex="M",
        birth_date=date(1979, 3, 14),
        nationality="GBR",
        document=document,
        languages=("en",),
        email="alistair@example.com",
        phone="+44 7700 900123",
    )
    return replace(person, **changes)
