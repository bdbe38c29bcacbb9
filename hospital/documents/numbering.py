"""Numbers and check codes of documents."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import connection

from hospital.documents.formatting import local_day
from hospital.documents.types.kinds import DocumentKind

SEQUENCES = {kind: f"documents_{kind.prefix.lower()}_number" for kind in DocumentKind}
_UNKNOWN_CODE = "0000-0000"


def reserve_number(*, kind: DocumentKind, now: datetime) -> str:
    """The next number of a kind, `FS202611250001829`: letters, the day at the hospital, seven digits.

    The digits come from one sequence a kind, which never waits for another transaction: numbers are unique, rise with
    time and may have gaps. They run on over midnight, so that no lock has to guard the turn of the day.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [SEQUENCES[kind]])
        (serial,) = cursor.fetchone()
    return f"{kind.prefix}{local_day(now):%Y%m%d}{serial:07d}"


def clean_number(typed: str) -> str:
    """A number as somebody typed it or an address holds it: capitals and digits only, cut to their length."""
    return "".join(character for character in typed.upper() if character.isascii() and character.isalnum())[:24]


def make_check_code(*, number: str, content_hash: str) -> str:
    """Eight hexadecimal digits that only the hospital can compute, as `7D2F-9A01`."""
    digest = hmac.new(settings.DOCUMENT_CHECK_KEY.encode(), f"{number}\n{content_hash}".encode(), hashlib.sha256)
    code = digest.hexdigest()[:8].upper()
    return f"{code[:4]}-{code[4:]}"


def is_check_code(*, given: str, stored: str | None) -> bool:
    """Whether a code, typed in any case and with or without the dash, is the stored one.

    Takes as long for a number that does not exist (`stored` None) as for a wrong code.
    """
    plain = "".join(character for character in given.upper() if character.isalnum())[:16]
    expected = (stored or _UNKNOWN_CODE).replace("-", "")
    is_equal = hmac.compare_digest(plain.encode(), expected.encode())
    return is_equal and stored is not None


def build_verify_url(*, number: str, check_code: str) -> str:
    """The address that the QR code holds."""
    return f"{settings.PUBLIC_URL}/v/{number}?k={check_code}"
