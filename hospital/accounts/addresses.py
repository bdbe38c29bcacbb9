"""Where a code reaches somebody: an e-mail address or a phone of any country."""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hospital.accounts.errors import BadAddress, BadPhone
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field

LONGEST_EMAIL = 254  # RFC 5321


class AddressKind(StrEnum):
    EMAIL = "EMAIL"
    PHONE = "PHONE"


PLACES = {
    AddressKind.EMAIL: "accounts_patientaccount.email",
    AddressKind.PHONE: "accounts_patientaccount.phone",
}
STAFF_EMAIL = "accounts_user.email"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the form in which it is compared: small letters, or E.164."""

    kind: AddressKind
    value: str

    @property
    def index(self) -> str:
        """The blind index by which it is found."""
        return blind_index(self.value, place=PLACES[self.kind])

    @property
    def sealed(self) -> str:
        """Encrypted for its column."""
        return encrypt_field(self.value, place=PLACES[self.kind])

    @property
    def column(self) -> str:
        """The field of the account that holds it."""
        return self.kind.value.lower()


def parse_address(text: str) -> Address:
    """An address as typed. Refuses with `BadAddress`, or with `BadPhone` what starts like a number."""
    plain = text.strip()
    if plain[:1] in {"+", "("} or (plain[:1].isdigit() and "@" not in plain):
        return Address(AddressKind.PHONE, normalize_phone(plain))
    return Address(AddressKind.EMAIL, normalize_email(plain))


def normalize_email(text: str) -> str:
    """The e-mail address in the form in which it is compared; refuses with `BadAddress`."""
    address = text.strip().lower()
    if len(address) > LONGEST_EMAIL:
        raise BadAddress
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress from None
    return address


def normalize_phone(text: str) -> str:
    """The number in E.164. It has to start with + and the country code; refuses with `BadPhone`.

    The length is checked and no more: a block of numbers that a country opened last week is a phone too.
    """
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def open_address(sealed: str, *, kind: AddressKind) -> str:
    """The address of an account in plain text."""
    return decrypt_field(sealed, place=PLACES[kind])
