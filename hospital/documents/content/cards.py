"""The head and the patient block of a paper from what other contexts tell of a campus and a person."""

from hospital.campuses.types import CampusCard
from hospital.documents.types.people import Letterhead, PaperPatient, PaperSex
from hospital.patients.api import latin_parts
from hospital.patients.types import PersonCard


def letterhead_of(*, campus: CampusCard) -> Letterhead:
    """The letterhead of a campus."""
    return Letterhead(name=campus.name, short_name=campus.short, address=campus.address, phone=campus.phone)


def paper_patient_of(*, person: PersonCard, campus_code: str) -> PaperPatient:
    """The patient block of a person with the record number of the campus; the family name in capitals."""
    parts = latin_parts(person.name)
    return PaperPatient(
        family_name=parts.family,
        given_names=parts.given,
        chinese_name=person.name.chinese,
        sex=PaperSex(person.sex),
        born_on=person.birth_date,
        record_number=person.mrn_at(campus_code),
    )
