"""/api/documents: what a document says of its holder while it is typed; open to all, nothing is stored (A03)."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from hospital.kernel.clock import local_day
from hospital.patient_api.people_schemas import (
    CodeLineIn,
    CodeLineOut,
    CountryOut,
    DocumentCheckIn,
    DocumentCheckOut,
)
from hospital.patient_api.person_shapes import warnings_out
from hospital.patient_api.schemas import Text
from hospital.patients.api import (
    DocumentType,
    check_document,
    country_of_passport,
    expiry_of,
    get_country,
    list_countries,
    parse_mrz,
)
from hospital.patients.errors import IncompletePerson

router = Router(tags=["Documents"], auth=None)


@router.post("/documents/check", response=DocumentCheckOut, summary="Check a document number")
def check_typed_document(request: HttpRequest, body: DocumentCheckIn) -> DocumentCheckOut:
    """Format and check digit, and what differs from the rest of the form. Refusals: `incomplete_person` (type)."""
    if body.type not in set(DocumentType):
        raise IncompletePerson(fields="document")
    today = local_day(timezone.now())
    check = check_document(
        document_type=DocumentType(body.type),
        number=body.number,
        on=today,
        birth_on=body.birth_date,
        sex=body.sex or None,
        nationality=body.nationality or None,
    )
    return DocumentCheckOut(
        birth_date=check.birth_on,
        sex=check.sex or "",
        nationality=check.nationality or "",
        issuer=check.issuer or "",
        likely_type=check.likely_type or "",
        expiry=expiry_of(body.valid_to, on=today),
        warnings=warnings_out(check.warnings),
    )


@router.post("/documents/code-line", response=CodeLineOut, summary="Read a code line")
def read_code_line(request: HttpRequest, body: CodeLineIn) -> CodeLineOut:
    """The machine-readable zone of a passport (TD3) or card (TD1, TD2), with its check digits."""
    reading = parse_mrz(body.text, on=local_day(timezone.now()))
    issuer, nationality = country_of_passport(reading.issuer), country_of_passport(reading.nationality)
    return CodeLineOut(
        is_read=bool(reading.document_code),
        is_passport=reading.document_code.startswith("P"),
        family_name=reading.name.family,
        given_names=reading.name.given,
        number=reading.number,
        issuer=issuer.alpha3 if issuer else "",
        nationality=nationality.alpha3 if nationality else "",
        birth_date=reading.birth_on,
        sex=reading.sex,
        valid_to=reading.expires_on,
        warnings=warnings_out(reading.warnings),
    )


@router.get("/documents/countries", response=list[CountryOut], summary="Countries and territories")
def list_document_countries(request: HttpRequest) -> list[CountryOut]:
    """Those of ISO 3166-1 with their names in both languages, by English name."""
    countries = [country for country in map(get_country, list_countries()) if country]
    return [
        CountryOut(code=each.alpha3, name=Text(zh=each.name_zh, en=each.name_en))
        for each in sorted(countries, key=lambda country: country.name_en)
    ]
